/** Entries of the audit log by a number that counts for all tenants. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'audit-numbers-of-all',
  layer: 'service',
  title: 'entries of the audit log carry a number that counts for all tenants: the gaps tell how much the others do',
  claim: 'SEC-ISO',
  guarantee: 'No number tells a tenant how many there are of others.',
  seenIn:
    'The German tank problem: serial numbers tell how many there are. CWE-203, observable discrepancy; invoice, order and log numbers of one sequence for all customers are its usual form. This service had it itself, until its attacks were read again.',
  replacements: [
    {
      file: 'queries/audit.ts',
      pattern: 'select: `select sequence_number as id, tenant_id',
      replacement: 'select: `select id, tenant_id',
    },
    {
      file: 'queries/audit.ts',
      pattern: "keys: [{ column: 'sequence_number', type: 'bigint' }],",
      replacement: "keys: [{ column: 'id', type: 'bigint' }],",
    },
  ],
} satisfies Mutant;

/** Pages that trust their cursor. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'next-page-without-filter',
  layer: 'service',
  arm: 'filter',
  title: 'a page that follows another is read without the tenant: its cursor is taken for proof',
  claim: 'SEC-ISO',
  guarantee: 'A cursor names a place and gives no right.',
  seenIn:
    'CWE-642, external control of critical state data: cursors are base64, not signatures, and are passed around in links.',
  coveredBy: 'postgres',
  replacements: [
    {
      file: 'queries/keyset-list.ts',
      pattern: 'const conditions = [`${tenantColumn} = $1`];',
      replacement: "const conditions = [continued ? '$1::uuid is not null' : `${tenantColumn} = $1`];",
    },
  ],
} satisfies Mutant;

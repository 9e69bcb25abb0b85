/** An audit log that others may write to. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'policy-writes-audit',
  layer: 'postgres',
  title:
    'the policies of the audit log and of its heads check nothing that is written: one tenant adds to another’s chain',
  claim: 'SEC-ISO',
  guarantee: 'A tenant writes rows of its own only.',
  seenIn:
    'CWE-284, improper access control: a log is taken for something that is only added to, and its policy for one that need not check by whom. PostgreSQL documentation, CREATE POLICY: WITH CHECK decides what may be written.',
  coveredBy: 'service',
  mustBeSeenBy: ['sql'],
  apply: [
    'alter policy tenant_isolation on audit_events with check (true)',
    'alter policy tenant_isolation on audit_heads with check (true)',
  ],
  revert: ['audit_events', 'audit_heads'].map(
    (table) => `alter policy tenant_isolation on ${table}
       with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ),
} satisfies Mutant;

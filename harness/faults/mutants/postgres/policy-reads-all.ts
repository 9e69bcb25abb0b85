/** A policy that lets every row be read. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'policy-reads-all',
  layer: 'postgres',
  title: 'the policy of positions is USING (true); its WITH CHECK is right',
  claim: 'SEC-ISO',
  guarantee: 'A tenant sees its own rows only.',
  seenIn:
    'CVE-2025-48757 and Supabase database linter 0024_permissive_rls_policy: policies whose expression is always true, a placeholder that stayed.',
  coveredBy: 'service',
  apply: ['alter policy tenant_isolation on positions using (true)'],
  revert: [
    `alter policy tenant_isolation on positions
       using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ],
} satisfies Mutant;

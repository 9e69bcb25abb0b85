/** Row security of one table switched off. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'rls-disabled',
  layer: 'postgres',
  title: 'row security of trades is switched off; its policy is still there',
  claim: 'SEC-ISO',
  guarantee: 'Every table with a tenant_id has row security enabled.',
  seenIn:
    'CVE-2025-48757: generated applications whose tables had no row security, or none that sufficed; Supabase database linter 0013_rls_disabled_in_public and 0007_policy_exists_rls_disabled.',
  coveredBy: 'service',
  apply: ['alter table trades disable row level security'],
  revert: ['alter table trades enable row level security'],
} satisfies Mutant;

/** A second policy, which widens the first. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'policy-second-permissive',
  layer: 'postgres',
  title: 'a second policy on risk_limits, meant to narrow the first, is permissive and widens it',
  claim: 'SEC-ISO',
  guarantee: 'There is one policy a table, and it names the tenant.',
  seenIn:
    'PostgreSQL documentation, CREATE POLICY: permissive policies, the default, are combined by OR. Supabase database linter 0006_multiple_permissive_policies.',
  coveredBy: 'service',
  apply: ['create policy positive_limits on risk_limits for select to alphapulse_app using (limit_value > 0)'],
  revert: ['drop policy positive_limits on risk_limits'],
} satisfies Mutant;

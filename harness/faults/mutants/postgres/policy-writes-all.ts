/** A policy that checks nothing that is written. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'policy-writes-all',
  layer: 'postgres',
  title: 'the policy of users is WITH CHECK (true): a tenant can plant a user in another',
  claim: 'SEC-ISO',
  guarantee: 'A tenant writes rows of its own only.',
  seenIn:
    'PostgreSQL documentation, CREATE POLICY: USING decides what is seen, WITH CHECK what may be written. A write policy that is always true is what Supabase’s linter calls a permissive policy.',
  coveredBy: 'service',
  apply: ['alter policy tenant_isolation on users with check (true)'],
  revert: [
    `alter policy tenant_isolation on users
       with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ],
} satisfies Mutant;

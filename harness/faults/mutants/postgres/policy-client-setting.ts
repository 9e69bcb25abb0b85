/** A policy that trusts a setting which anybody can make. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'policy-client-setting',
  layer: 'postgres',
  title: 'the policy of trades opens to a session that says of itself that it is support',
  claim: 'SEC-ISO',
  guarantee: 'A policy depends on the tenant’s setting alone.',
  seenIn:
    'Supabase database linter 0015_rls_references_user_metadata: policies that read what the user may write. Any role may SET a custom setting of PostgreSQL.',
  coveredBy: 'service',
  apply: [
    `alter policy tenant_isolation on trades
       using (current_setting('app.support', true) = 'on'
         or tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
       with check (current_setting('app.support', true) = 'on'
         or tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ],
  revert: [
    `alter policy tenant_isolation on trades
       using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
       with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ],
} satisfies Mutant;

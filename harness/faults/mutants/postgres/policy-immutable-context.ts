/** The tenant read by a function that says it never changes. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'policy-immutable-context',
  layer: 'postgres',
  title:
    'the policy of trades reads the tenant by a function marked IMMUTABLE: a cached plan keeps the tenant it was made for',
  claim: 'SEC-ISO',
  guarantee: 'A prepared statement serves the tenant of the moment, not the one it was planned for.',
  seenIn:
    'PostgreSQL documentation, "Function Volatility Categories": a function wrongly labelled IMMUTABLE may be folded to a constant in a plan, which is then used again with a stale value.',
  coveredBy: 'service',
  apply: [
    `create function current_tenant() returns uuid language plpgsql immutable
       as $$ begin return nullif(current_setting('app.tenant_id', true), '')::uuid; end $$`,
    'alter policy tenant_isolation on trades using (tenant_id = current_tenant()) with check (tenant_id = current_tenant())',
  ],
  revert: [
    `alter policy tenant_isolation on trades
       using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
       with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
    'drop function current_tenant()',
  ],
} satisfies Mutant;

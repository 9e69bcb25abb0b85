/** A policy that is open to whoever sets no tenant. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'policy-open-without-context',
  layer: 'postgres',
  title: 'the policy of portfolios shows every row where no tenant is set, for maintenance jobs',
  claim: 'SEC-ISO',
  guarantee: 'Without a tenant no row is visible.',
  seenIn:
    'The "or the setting is null" clause of many tenant policies, made for back-office jobs: a request that forgets its tenant then sees all. PostgreSQL documentation, current_setting: a setting that was never made is NULL with missing_ok.',
  coveredBy: 'service',
  apply: [
    `alter policy tenant_isolation on portfolios
       using (current_setting('app.tenant_id', true) is null
         or tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
       with check (current_setting('app.tenant_id', true) is null
         or tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ],
  revert: [
    `alter policy tenant_isolation on portfolios
       using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
       with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ],
} satisfies Mutant;

/** A policy with a tenant of its own for whoever names none. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'policy-default-tenant',
  layer: 'postgres',
  title: 'the policy of risk_snapshots takes the first tenant where none is set',
  claim: 'SEC-ISO',
  guarantee: 'Without a tenant no row is visible.',
  seenIn:
    'A left-over of the move from one customer to many: COALESCE to the first customer keeps old code running, and shows that customer to every request without a tenant (CWE-453, insecure default variable initialization).',
  coveredBy: 'service',
  apply: [
    `alter policy tenant_isolation on risk_snapshots
       using (tenant_id = (select coalesce(nullif(current_setting('app.tenant_id', true), '')::uuid,
         (select id from tenants order by slug limit 1))))
       with check (tenant_id = (select coalesce(nullif(current_setting('app.tenant_id', true), '')::uuid,
         (select id from tenants order by slug limit 1))))`,
  ],
  revert: [
    `alter policy tenant_isolation on risk_snapshots
       using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
       with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ],
} satisfies Mutant;

/** A policy that reaches other tenants by a join. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'policy-same-tier',
  layer: 'postgres',
  title: 'the policy of audit_events shows the rows of all tenants of one tier',
  claim: 'SEC-ISO',
  guarantee: 'A tenant sees its own rows only.',
  seenIn:
    'A policy that goes over another table and compares too little there; PostgreSQL documentation, "Row Security Policies", advises policies that look at the row alone, where possible. CWE-863, incorrect authorization.',
  coveredBy: 'service',
  apply: [
    `alter policy tenant_isolation on audit_events
       using (tenant_id in (select peer.id from tenants mine join tenants peer on peer.tier = mine.tier
         where mine.id = nullif(current_setting('app.tenant_id', true), '')::uuid))
       with check (tenant_id in (select peer.id from tenants mine join tenants peer on peer.tier = mine.tier
         where mine.id = nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ],
  revert: [
    `alter policy tenant_isolation on audit_events
       using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
       with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ],
} satisfies Mutant;

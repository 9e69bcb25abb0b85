/** A policy that asks who somebody is, not whose the row is. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'policy-any-tenant',
  layer: 'postgres',
  title: 'the policy of signals lets through whoever has a tenant, whichever it is',
  claim: 'SEC-ISO',
  guarantee: 'A tenant sees its own rows only.',
  seenIn:
    'Authentication taken for authorization: policies such as "auth.uid() is not null" or "auth.role() = authenticated", against which Supabase’s guide to row security warns; CWE-863.',
  coveredBy: 'service',
  apply: [
    `alter policy tenant_isolation on signals
       using (nullif(current_setting('app.tenant_id', true), '') is not null)
       with check (nullif(current_setting('app.tenant_id', true), '') is not null)`,
  ],
  revert: [
    `alter policy tenant_isolation on signals
       using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
       with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ],
} satisfies Mutant;

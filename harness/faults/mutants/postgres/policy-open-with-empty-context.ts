/** A policy that is open to a connection whose tenant has ended. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'policy-open-with-empty-context',
  layer: 'postgres',
  title: 'the policy of orders shows every row where the tenant is empty, as it is after any transaction that had one',
  claim: 'SEC-ISO',
  guarantee: 'With an empty tenant no row is visible.',
  seenIn:
    'A known surprise of custom settings in PostgreSQL: after SET LOCAL ends they read as an empty text, not as NULL, so pooled connections meet a case that a fresh one never shows.',
  coveredBy: 'service',
  apply: [
    `alter policy tenant_isolation on orders
       using (current_setting('app.tenant_id', true) = ''
         or tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
       with check (current_setting('app.tenant_id', true) = ''
         or tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ],
  revert: [
    `alter policy tenant_isolation on orders
       using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))
       with check (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid))`,
  ],
} satisfies Mutant;

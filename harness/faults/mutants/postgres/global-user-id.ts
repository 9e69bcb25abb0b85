/** Users known by an id alone. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'global-user-id',
  layer: 'postgres',
  title:
    'the id of a user is unique over all tenants, and an order may be written to the name of another tenant’s user',
  claim: 'SEC-ISO',
  guarantee: 'Every unique key begins with the tenant, and so does every reference.',
  seenIn:
    'Users who are shared by all tenants, as most identity tables begin: PostgreSQL documentation, "Row Security Policies": unique keys and references always bypass row security, and tell what they must not. CWE-345, insufficient verification of data authenticity, for an order in somebody else’s name.',
  coveredBy: 'service',
  mustBeSeenBy: ['sql'],
  apply: [
    'alter table users add constraint users_id_key unique (id)',
    'alter table orders drop constraint orders_created_by_fkey',
    'alter table orders add constraint orders_created_by_fkey foreign key (created_by) references users (id)',
  ],
  revert: [
    // First, so that no order comes in between. Those that were written meanwhile in the name of another tenant’s user the right
    // key would refuse.
    'alter table orders drop constraint orders_created_by_fkey',
    `delete from orders o where not exists
       (select from users u where u.tenant_id = o.tenant_id and u.id = o.created_by)`,
    `alter table orders
       add constraint orders_created_by_fkey foreign key (tenant_id, created_by) references users (tenant_id, id)`,
    'alter table users drop constraint users_id_key',
  ],
} satisfies Mutant;

/** A reference that does not carry the tenant. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'foreign-key-without-tenant',
  layer: 'postgres',
  title: 'an order refers to its portfolio and its strategy by id alone: they may be another tenant’s',
  claim: 'SEC-ISO',
  guarantee: 'References carry the tenant, so that no row points at another tenant’s.',
  seenIn:
    'PostgreSQL documentation, "Row Security Policies": foreign keys always bypass row security. Citus, "Multi-tenant Applications", therefore asks for keys that include the tenant.',
  mustBeSeenBy: ['sql', 'api'],
  apply: [
    'alter table portfolios add constraint portfolios_id_key unique (id)',
    'alter table strategies add constraint strategies_id_key unique (id)',
    'alter table orders drop constraint orders_portfolio_fkey, drop constraint orders_strategy_fkey',
    `alter table orders
       add constraint orders_portfolio_fkey foreign key (portfolio_id) references portfolios (id),
       add constraint orders_strategy_fkey foreign key (strategy_id) references strategies (id)`,
  ],
  revert: [
    // First, so that no order comes in between.
    'alter table orders drop constraint orders_portfolio_fkey, drop constraint orders_strategy_fkey',
    // Orders that were placed meanwhile on what is another tenant's: the right keys would refuse them.
    `delete from orders o where not exists
       (select from portfolios p where p.tenant_id = o.tenant_id and p.id = o.portfolio_id)`,
    `delete from orders o where o.strategy_id is not null and not exists
       (select from strategies s where s.tenant_id = o.tenant_id and s.id = o.strategy_id)`,
    `alter table orders
       add constraint orders_portfolio_fkey foreign key (tenant_id, portfolio_id) references portfolios (tenant_id, id),
       add constraint orders_strategy_fkey foreign key (tenant_id, strategy_id) references strategies (tenant_id, id)`,
    'alter table portfolios drop constraint portfolios_id_key',
    'alter table strategies drop constraint strategies_id_key',
  ],
} satisfies Mutant;

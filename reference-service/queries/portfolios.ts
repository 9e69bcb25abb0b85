/** Portfolios and positions. */
import { query, statement } from '../database/statement.ts';
import type { Portfolio, Position } from '../schemas/portfolio.ts';
import { keysetList } from './keyset-list.ts';

const columns = `id, tenant_id as "tenantId", name, base_currency as "baseCurrency", created_at as "createdAt"`;

export const listPortfolios = keysetList<Portfolio>({
  name: 'portfolios.list',
  select: `select ${columns} from portfolios`,
  tenantColumn: 'tenant_id',
  keys: [
    { column: 'created_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  direction: 'desc',
});

const get = statement<Portfolio>(
  'portfolios.get',
  `select ${columns} from portfolios where tenant_id = $1 and id = $2`,
);

export function getPortfolio(tenantId: string, id: string) {
  return query(get, tenantId, id);
}

const create = statement<Portfolio>(
  'portfolios.create',
  `with created as (
     insert into portfolios (tenant_id, name, base_currency) values ($1, $2, $3) returning *
   ), audited as (
     insert into audit_events (tenant_id, actor_id, action, subject, detail)
     select tenant_id, $4, 'portfolio.created', 'portfolio:' || id, jsonb_build_object('name', name) from created
   )
   select ${columns} from created`,
);

export function createPortfolio(tenantId: string, portfolio: { name: string; baseCurrency: string }, actorId: string) {
  return query(create, tenantId, portfolio.name, portfolio.baseCurrency, actorId);
}

export const listPositions = keysetList<Position>({
  name: 'positions.list',
  select: `select p.id, p.tenant_id as "tenantId", p.portfolio_id as "portfolioId", p.instrument_id as "instrumentId",
    i.symbol, p.quantity, p.average_price as "averagePrice", p.updated_at as "updatedAt"
    from positions p join instruments i on i.id = p.instrument_id`,
  tenantColumn: 'p.tenant_id',
  keys: [
    { column: 'p.portfolio_id', type: 'uuid' },
    { column: 'p.instrument_id', type: 'int' },
  ],
  direction: 'asc',
  filter: { column: 'p.portfolio_id', type: 'uuid' },
});

/** Trades, newest first. */
import { query, statement } from '../database/statement.ts';
import type { Trade } from '../schemas/trade.ts';
import { keysetList, type KeysetDefinition } from './keyset-list.ts';

const columns = `t.id, t.tenant_id as "tenantId", t.portfolio_id as "portfolioId", t.order_id as "orderId",
  t.instrument_id as "instrumentId", t.side, t.quantity, t.price, t.fee, t.venue_ref as "venueRef",
  t.executed_at as "executedAt"`;

const newestFirst = {
  tenantColumn: 't.tenant_id',
  keys: [
    { column: 't.executed_at', type: 'timestamptz' },
    { column: 't.id', type: 'uuid' },
  ],
  direction: 'desc',
  filter: { column: 't.portfolio_id', type: 'uuid' },
} satisfies Partial<KeysetDefinition>;

export const listTrades = keysetList<Trade>({
  ...newestFirst,
  name: 'trades.list',
  select: `select ${columns} from trades t`,
});

export const listTradesWithCurrency = keysetList<Trade & { currency: string }>({
  ...newestFirst,
  name: 'trades-v2.list',
  select: `select ${columns}, i.currency from trades t join instruments i on i.id = t.instrument_id`,
});

const get = statement<Trade>('trades.get', `select ${columns} from trades t where t.tenant_id = $1 and t.id = $2`);

export function getTrade(tenantId: string, id: string) {
  return query(get, tenantId, id);
}

/** Orders: list, create once per idempotency key, cancel. Every change writes its audit event in the same statement. */
import { query, statement } from '../database/statement.ts';
import type { NewOrder, Order } from '../schemas/order.ts';
import { keysetList } from './keyset-list.ts';

const columns = `id, tenant_id as "tenantId", portfolio_id as "portfolioId", strategy_id as "strategyId",
  instrument_id as "instrumentId", side, type, quantity, limit_price as "limitPrice", status, note,
  created_by as "createdBy", created_at as "createdAt", updated_at as "updatedAt"`;

export const listOrders = keysetList<Order>({
  name: 'orders.list',
  select: `select ${columns} from orders`,
  tenantColumn: 'tenant_id',
  keys: [
    { column: 'created_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  direction: 'desc',
  filter: { column: 'status', type: 'text' },
});

const get = statement<Order>('orders.get', `select ${columns} from orders where tenant_id = $1 and id = $2`);

export function getOrder(tenantId: string, id: string) {
  return query(get, tenantId, id);
}

// Of two that come at once with one key, the second waits here for the first to commit, and then inserts nothing.
const insert = statement<Order>(
  'orders.insert',
  `with created as (
     insert into orders (tenant_id, idempotency_key, created_by, portfolio_id, strategy_id, instrument_id, side, type,
       quantity, limit_price, note)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (tenant_id, idempotency_key) do nothing
     returning *
   ), audited as (
     insert into audit_events (tenant_id, actor_id, action, subject, detail)
     select tenant_id, created_by, 'order.created', 'order:' || id,
       jsonb_build_object('side', side, 'quantity', quantity::text, 'instrumentId', instrument_id) from created
   )
   select ${columns} from created`,
);

const getByKey = statement<Order & { same: boolean }>(
  'orders.get-by-key',
  `select ${columns},
     (created_by, portfolio_id, instrument_id, side, type, quantity)
       = ($3::uuid, $4::uuid, $6::int, $7::text, $8::text, $9::numeric)
     and strategy_id is not distinct from $5::uuid
     and limit_price is not distinct from $10::numeric
     and note is not distinct from $11::text as same
   from orders where tenant_id = $1 and idempotency_key = $2`,
);

/** Two queries: the new order, if the key was free; and whatever the key now names, and whether that is this order. */
export function createOrder(tenantId: string, key: string, order: NewOrder, actorId: string) {
  const values = [
    tenantId,
    key,
    actorId,
    order.portfolioId,
    order.strategyId ?? null,
    order.instrumentId,
    order.side,
    order.type,
    order.quantity,
    order.limitPrice ?? null,
    order.note ?? null,
  ];
  return [query(insert, ...values), query(getByKey, ...values)] as const;
}

const cancel = statement<Order>(
  'orders.cancel',
  `with changed as (
     update orders set status = 'cancelled', updated_at = now()
     where tenant_id = $1 and id = $2 and status = 'new'
     returning *
   ), audited as (
     insert into audit_events (tenant_id, actor_id, action, subject)
     select tenant_id, $3, 'order.cancelled', 'order:' || id from changed
   )
   select ${columns} from changed`,
);

/** Yields the cancelled order, or no row when there is none or it is not new any more. */
export function cancelOrder(tenantId: string, id: string, actorId: string) {
  return query(cancel, tenantId, id, actorId);
}

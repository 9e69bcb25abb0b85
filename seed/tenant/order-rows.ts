/** The row of an order, once it is known how it ended, and its event in the audit log. */
import { traitsOf } from '../market/asset-classes.ts';
import { appendRow, escapeField, formatTime, NULL } from '../text/copy-text.ts';
import { formatPrice, formatQuantity } from '../text/decimal.ts';
import type { FillSummary } from './fills.ts';
import { withCanary } from './tenant-context.ts';
import type { PlacedOrder, TradingSession } from './trading-session.ts';

const KEYED_PERCENT = 85;
const MOST_TICKS_FROM_PRICE = 20;

/** `fills` is null for an order that was not filled. */
export function writeOrder(session: TradingSession, order: PlacedOrder, fills: FillSummary | null): void {
  const { tenant } = session;
  const { random, world } = tenant;
  const { draft, slot } = order;
  const creatorId = random.pick(session.traders).id;
  const settledAtMs =
    fills?.lastAtMs ?? slot.createdAtMs + 1 + random.below(Math.max(1, Math.floor(slot.lengthMs / 2)));
  const updatedAtMs = draft.status === 'new' ? slot.createdAtMs : settledAtMs;
  appendRow(tenant.tables.orders, [
    order.id,
    tenant.id,
    draft.portfolio.id,
    draft.strategyId ?? NULL,
    `${draft.instrument.id}`,
    draft.side,
    draft.type,
    formatQuantity(draft.quantity),
    draft.type === 'limit' ? formatPrice(limitPrice(session, order, fills)) : NULL,
    draft.status,
    random.percent(KEYED_PERCENT) ? `seed-${slot.number + 1}-${random.hex(2)}` : NULL,
    escapeField(withCanary(random.pick(world.dictionary.phrases), tenant)),
    creatorId,
    formatTime(slot.createdAtMs),
    formatTime(updatedAtMs),
  ]);
  if (!isAudited(session, slot.number)) return;
  const cancelled = draft.status === 'cancelled';
  tenant.auditEvents.push({
    actorId: creatorId,
    action: cancelled ? 'order.cancelled' : 'order.created',
    subject: `order:${order.id}`,
    note: `${draft.side} ${draft.instrument.symbol}`,
    occurredAtMs: cancelled ? updatedAtMs : slot.createdAtMs,
  });
}

/** Every so many-th order, so that exactly `auditedOrders` of them are. */
function isAudited({ tenant, auditedOrders }: TradingSession, number: number): boolean {
  const before = Math.floor((number * auditedOrders) / tenant.budget.orders);
  return Math.floor(((number + 1) * auditedOrders) / tenant.budget.orders) > before;
}

/** Never worse than what was paid; for an order that did not fill, on the far side of the close. */
function limitPrice({ tenant }: TradingSession, { draft, slot }: PlacedOrder, fills: FillSummary | null): bigint {
  const { tick } = traitsOf[draft.instrument.assetClass];
  const distance = BigInt(tenant.random.below(MOST_TICKS_FROM_PRICE)) * tick;
  const close = draft.instrument.closes[slot.day] ?? 0n;
  const ofBuyer = fills === null ? close - distance : fills.highest + distance;
  const ofSeller = fills === null ? close + distance : fills.lowest - distance;
  const price = draft.side === 'buy' ? ofBuyer : ofSeller;
  return price < tick ? tick : price;
}

/** Half a year of trading: day by day, orders and the trades that fill them, and at each close the risk snapshots. */
import { SESSION_LENGTH_MS, SESSION_OPEN_MS, tradingDaysMs } from '../market/trading-days.ts';
import { fillOrder } from './fills.ts';
import { draftOrder } from './order-draft.ts';
import type { OrderDraft } from './order-draft.ts';
import { writeOrder } from './order-rows.ts';
import { writeSnapshots } from './risk.ts';
import { writeSignal } from './signals.ts';
import type { TenantContext } from './tenant-context.ts';
import { openSession } from './trading-session.ts';
import type { OrderSlot, TradingSession } from './trading-session.ts';

const LONGEST_SIGNAL_LEAD_MS = 60_000;
/** An order comes in the first part of its slot, so that its fills end before the next order begins. */
const ORDER_SHARE = 0.4;

/** Writes signals, orders, trades and risk snapshots; the session that it returns holds the positions. */
export function simulateTrading(tenant: TenantContext): TradingSession {
  const { budget, random } = tenant;
  const session = openSession(tenant);
  const days = tradingDaysMs.length;
  let number = 0;
  for (const [day, dayMs] of tradingDaysMs.entries()) {
    const first = number;
    const next = Math.ceil(((day + 1) * budget.orders) / days);
    const lengthMs = Math.floor(SESSION_LENGTH_MS / Math.max(1, next - first));
    for (; number < next; number += 1) {
      const slotStartMs = dayMs + SESSION_OPEN_MS + (number - first) * lengthMs;
      const createdAtMs = slotStartMs + random.below(Math.floor(lengthMs * ORDER_SHARE));
      placeOrder(session, { number, day, createdAtMs, lengthMs });
    }
    if (day >= days - budget.snapshotDays) writeSnapshots(tenant, session.book, day);
  }
  return session;
}

/** One order from its signal to its last fill. */
function placeOrder(session: TradingSession, slot: OrderSlot): void {
  const { tenant, book } = session;
  const draft = draftOrder(tenant, {
    number: slot.number,
    isLastDay: slot.day === tradingDaysMs.length - 1,
    heldQuantity: (portfolioIndex, instrumentIndex) => book.quantity(portfolioIndex, instrumentIndex),
  });
  const tradesLeft = tenant.budget.trades - tenant.tables.trades.rows;
  if (draft.status === 'filled' && tradesLeft === 0) draft.status = 'cancelled';
  const order = { id: tenant.random.uuid(), draft, slot };
  session.orderIds.offer(order.id);
  writeActedSignal(session, draft, slot.createdAtMs);
  writeOrder(session, order, draft.status === 'filled' ? fillOrder(session, order) : null);
}

/** The signal of a strategy that the order follows. */
function writeActedSignal(session: TradingSession, draft: OrderDraft, orderedAtMs: number): void {
  const { tenant } = session;
  if (draft.strategyId === null || session.actedSignals >= tenant.budget.actedSignals) return;
  session.actedSignals += 1;
  writeSignal(tenant, {
    strategyId: draft.strategyId,
    instrumentIndex: draft.instrumentIndex,
    direction: draft.side,
    generatedAtMs: orderedAtMs - 1 - tenant.random.below(LONGEST_SIGNAL_LEAD_MS),
  });
}

/** The trades that fill an order: they add up to its quantity, near the day's close, one after the other. */
import { traitsOf } from '../market/asset-classes.ts';
import { appendRow, formatTime } from '../text/copy-text.ts';
import { divideRounded, formatPrice, formatQuantity } from '../text/decimal.ts';
import { priceNear } from './order-draft.ts';
import { withCanary } from './tenant-context.ts';
import type { PlacedOrder, TradingSession } from './trading-session.ts';

/** quantity × price has ten decimal places, a fee six; a basis point is another four. */
const VALUE_TO_FEE_PER_BASIS_POINT = 10_000n * 10_000n;
const venues = ['XNYS', 'XNAS', 'XLON', 'XETR', 'BATS'] as const;
/** Most orders fill at once, some in two or three parts. */
const fillCounts = [1, 1, 1, 1, 1, 1, 1, 2, 2, 3] as const;
const LONGEST_STEP_MS = 20_000;
/** Three steps of this share fit between an order and the next one, which starts at most 40 % into its own slot. */
const STEP_SHARE = 0.15;

export interface FillSummary {
  lowest: bigint;
  highest: bigint;
  lastAtMs: number;
}

export function fillOrder(session: TradingSession, order: PlacedOrder): FillSummary {
  const { tenant, book } = session;
  const { random, budget, tables } = tenant;
  const { draft, slot } = order;
  const { tick, lot } = traitsOf[draft.instrument.assetClass];
  const lots = draft.quantity / lot;
  const count = Math.min(random.pick(fillCounts), budget.trades - tables.trades.rows, Number(lots));
  const stepMs = Math.max(1, Math.min(Math.floor(slot.lengthMs * STEP_SHARE), LONGEST_STEP_MS));
  const summary: FillSummary = { lowest: 0n, highest: 0n, lastAtMs: slot.createdAtMs };
  let left = draft.quantity;
  for (let part = 1; part <= count; part += 1) {
    const quantity = part === count ? left : (lots / BigInt(count)) * lot;
    const price = priceNear(draft.instrument.closes[slot.day] ?? 0n, tick, random);
    left -= quantity;
    summary.lastAtMs += 1 + random.below(stepMs);
    if (part === 1 || price < summary.lowest) summary.lowest = price;
    if (price > summary.highest) summary.highest = price;
    writeTrade(session, { order, quantity, price, executedAtMs: summary.lastAtMs });
    book.apply({
      portfolioIndex: draft.portfolioIndex,
      instrumentIndex: draft.instrumentIndex,
      quantity: draft.side === 'buy' ? quantity : -quantity,
      price,
      executedAtMs: summary.lastAtMs,
    });
  }
  return summary;
}

interface TradeRow {
  order: PlacedOrder;
  quantity: bigint;
  price: bigint;
  executedAtMs: number;
}

function writeTrade(session: TradingSession, { order, quantity, price, executedAtMs }: TradeRow): void {
  const { tenant, tradeIds } = session;
  const { draft } = order;
  const { feeBasisPoints } = traitsOf[draft.instrument.assetClass];
  const id = tenant.random.uuid();
  tradeIds.offer(id);
  appendRow(tenant.tables.trades, [
    id,
    tenant.id,
    draft.portfolio.id,
    order.id,
    `${draft.instrument.id}`,
    draft.side,
    formatQuantity(quantity),
    formatPrice(price),
    formatPrice(divideRounded(quantity * price * feeBasisPoints, VALUE_TO_FEE_PER_BASIS_POINT)),
    withCanary(`${tenant.random.pick(venues)}-${tenant.random.hex(2)}`, tenant),
    formatTime(executedAtMs),
  ]);
}

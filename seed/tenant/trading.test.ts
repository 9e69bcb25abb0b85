/** Trading data checked by other means than it was made with, from the COPY text alone. */
import { describe, expect, it } from 'vitest';
import { readRows, textOf, unitsOf } from '../testing/read-rows.ts';
import type { Row } from '../testing/read-rows.ts';
import { buildWorld, readTenant, samplePlans } from '../testing/sample-tenants.ts';
import { writeMarket } from '../market/market-text.ts';

const world = buildWorld('trading-test');
const tenants = samplePlans.map((plan) => readTenant(world, plan));
const market = writeMarket(world.market);
const closes = new Map<string, bigint>();
const lastClose = new Map<string, bigint>();
for (const price of readRows('prices', market.tables.prices.text)) {
  const close = unitsOf(textOf(price, 'close'), 6);
  closes.set(`${textOf(price, 'instrument_id')} ${textOf(price, 'day')}`, close);
  lastClose.set(textOf(price, 'instrument_id'), close);
}

const quantityOf = (row: Row) => unitsOf(textOf(row, 'quantity'), 4);
const signedQuantity = (trade: Row) => (trade.side === 'buy' ? quantityOf(trade) : -quantityOf(trade));
const magnitude = (value: bigint) => (value < 0n ? -value : value);
/** Half away from zero by way of text, as one would with pencil and paper. */
function roundAway(value: bigint, dropped: number): bigint {
  const digits = magnitude(value)
    .toString()
    .padStart(dropped + 1, '0');
  const kept = BigInt(digits.slice(0, -dropped)) + (digits.charAt(digits.length - dropped) >= '5' ? 1n : 0n);
  return value < 0n ? -kept : kept;
}

function groupBy(rows: readonly Row[], ...columns: string[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = columns.map((column) => textOf(row, column)).join(' ');
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

describe('orders and trades', () => {
  it('agree: only filled orders have trades, and these add up to the order', () => {
    for (const { rows } of tenants) {
      const tradesOf = groupBy(rows.trades, 'order_id');
      for (const order of rows.orders) {
        const trades = tradesOf.get(textOf(order, 'id')) ?? [];
        expect(trades.length > 0).toBe(order.status === 'filled');
        for (const trade of trades) {
          expect([trade.portfolio_id, trade.instrument_id, trade.side]).toEqual([
            order.portfolio_id,
            order.instrument_id,
            order.side,
          ]);
        }
        const filled = trades.reduce((sum, trade) => sum + quantityOf(trade), 0n);
        if (order.status === 'filled') expect(filled).toBe(quantityOf(order));
      }
    }
  });

  it('happen in order: signal before order before trade, one tenant’s fills one after the other', () => {
    for (const { rows } of tenants) {
      const orderOf = new Map(rows.orders.map((order) => [order.id, order]));
      let before = '';
      for (const trade of rows.trades) {
        const executedAt = textOf(trade, 'executed_at');
        const order = orderOf.get(trade.order_id ?? '');
        expect(executedAt > textOf(order ?? {}, 'created_at')).toBe(true);
        expect(executedAt <= textOf(order ?? {}, 'updated_at')).toBe(true);
        expect(executedAt > before).toBe(true);
        before = executedAt;
      }
      for (const order of rows.orders) expect(textOf(order, 'updated_at') >= textOf(order, 'created_at')).toBe(true);
    }
  });

  it('trade near the day’s close, within the limit, for a plausible fee', () => {
    for (const { rows } of tenants) {
      const orderOf = new Map(rows.orders.map((order) => [order.id, order]));
      for (const trade of rows.trades) {
        const price = unitsOf(textOf(trade, 'price'), 6);
        const close =
          closes.get(`${textOf(trade, 'instrument_id')} ${textOf(trade, 'executed_at').slice(0, 10)}`) ?? 0n;
        const distance = magnitude(price - close);
        // 0.3 % and half a tick of the coarsest instrument.
        expect(distance <= (close * 3n) / 1_000n + 5_000n, `${price} at a close of ${close}`).toBe(true);
        const limit = orderOf.get(trade.order_id ?? '')?.limit_price;
        if (typeof limit === 'string') {
          const room = unitsOf(limit, 6) - price;
          expect(trade.side === 'buy' ? room >= 0n : room <= 0n).toBe(true);
        }
        const fee = unitsOf(textOf(trade, 'fee'), 6);
        const value = quantityOf(trade) * price;
        expect([1n, 2n, 20n].some((basisPoints) => roundAway(value * basisPoints, 8) === fee)).toBe(true);
      }
    }
  });

  it('keep idempotency keys unique, and open orders to the last day', () => {
    for (const { rows } of tenants) {
      const keys = rows.orders.flatMap((order) => order.idempotency_key ?? []);
      expect(new Set(keys).size).toBe(keys.length);
      for (const key of keys) expect(key).toMatch(/^.{8,64}$/);
      const open = rows.orders.filter((order) => order.status === 'new');
      expect(open.every((order) => textOf(order, 'created_at').startsWith('2026-01-30'))).toBe(true);
    }
    const statuses = new Set(tenants.flatMap(({ rows }) => rows.orders.map((order) => order.status)));
    expect(statuses).toEqual(new Set(['new', 'filled', 'cancelled', 'rejected']));
  });
});

describe('positions', () => {
  it('are exactly the sum of the trades, in quantity and average cost', () => {
    for (const { rows } of tenants) {
      const trades = groupBy(rows.trades, 'portfolio_id', 'instrument_id');
      const positions = groupBy(rows.positions, 'portfolio_id', 'instrument_id');
      expect(new Set(positions.keys())).toEqual(new Set(trades.keys()));
      for (const [key, [position = {}, second]] of positions) {
        expect(second).toBeUndefined();
        const expected = averageCost(trades.get(key) ?? []);
        expect(quantityOf(position)).toBe(expected.quantity);
        expect(unitsOf(textOf(position, 'average_price'), 6)).toBe(expected.price);
        expect(position.updated_at).toBe(trades.get(key)?.at(-1)?.executed_at);
      }
    }
  });

  it('go short in some portfolios only', () => {
    const short = tenants.flatMap(({ rows }) => rows.positions.filter((row) => quantityOf(row) < 0n));
    expect(short.length).toBeGreaterThan(0);
  });
});

/** The same cost method written another way: a position is a heap of equal units that is built, shrunk or turned over. */
function averageCost(trades: readonly Row[]): { quantity: bigint; price: bigint } {
  let quantity = 0n;
  let price = 0n;
  for (const trade of trades.toSorted((a, b) => (textOf(a, 'executed_at') < textOf(b, 'executed_at') ? -1 : 1))) {
    const change = signedQuantity(trade);
    const tradePrice = unitsOf(textOf(trade, 'price'), 6);
    const next = quantity + change;
    if (quantity * change >= 0n) {
      const cost = magnitude(quantity) * price + magnitude(change) * tradePrice;
      const doubled = (cost * 2n) / magnitude(next);
      price = (doubled + 1n) / 2n;
    } else if (next === 0n) price = 0n;
    else if (next * quantity < 0n) price = tradePrice;
    quantity = next;
  }
  return { quantity, price };
}

describe('exposure', () => {
  it('expected in the manifest is Σ |quantity × last close|, rounded once', () => {
    for (const { rows, entry } of tenants) {
      const gross = rows.positions.reduce(
        (sum, row) => sum + magnitude(quantityOf(row) * (lastClose.get(textOf(row, 'instrument_id')) ?? 0n)),
        0n,
      );
      expect(unitsOf(entry.expected.grossExposure, 2)).toBe(roundAway(gross, 8));
    }
  });

  it('of every snapshot is that of the trades until then', () => {
    for (const { rows } of tenants) {
      const tradesOf = groupBy(rows.trades, 'portfolio_id');
      for (const snapshot of rows.risk_snapshots) {
        const takenAt = textOf(snapshot, 'taken_at');
        const held = new Map<string, bigint>();
        for (const trade of tradesOf.get(textOf(snapshot, 'portfolio_id')) ?? []) {
          if (textOf(trade, 'executed_at') > takenAt) break;
          const instrument = textOf(trade, 'instrument_id');
          held.set(instrument, (held.get(instrument) ?? 0n) + signedQuantity(trade));
        }
        const values = [...held].map(
          ([id, quantity]) => quantity * (closes.get(`${id} ${takenAt.slice(0, 10)}`) ?? 0n),
        );
        const gross = values.reduce((sum, value) => sum + magnitude(value), 0n);
        const net = values.reduce((sum, value) => sum + value, 0n);
        expect(unitsOf(textOf(snapshot, 'gross_exposure'), 2)).toBe(roundAway(gross, 8));
        expect(unitsOf(textOf(snapshot, 'net_exposure'), 2)).toBe(roundAway(net, 8));
      }
    }
  });

  it('stays below the limits, of which every portfolio has all four', () => {
    for (const { rows } of tenants) {
      const limits = groupBy(rows.risk_limits, 'portfolio_id', 'kind');
      expect(limits.size).toBe(rows.portfolios.length * 4);
      const last = rows.risk_snapshots.filter((row) => textOf(row, 'taken_at').startsWith('2026-01-30'));
      expect(last).toHaveLength(rows.portfolios.length);
      for (const snapshot of last) {
        const limit = limits.get(`${textOf(snapshot, 'portfolio_id')} gross_exposure`)?.[0];
        expect(unitsOf(textOf(limit ?? {}, 'limit_value'), 2) > unitsOf(textOf(snapshot, 'gross_exposure'), 2)).toBe(
          true,
        );
      }
    }
  });
});

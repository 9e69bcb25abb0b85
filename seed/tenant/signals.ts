/** Signals of the strategies: those that an order followed, and those that nobody acted on. */
import { DAY_MS, SESSION_LENGTH_MS, SESSION_OPEN_MS, tradingDaysMs } from '../market/trading-days.ts';
import { appendRow, escapeField, formatTime } from '../text/copy-text.ts';
import { formatDecimal } from '../text/decimal.ts';
import { withCanary } from './tenant-context.ts';
import type { TenantContext } from './tenant-context.ts';

export interface Signal {
  strategyId: string;
  instrumentIndex: number;
  direction: 'buy' | 'sell' | 'hold';
  generatedAtMs: number;
}

/** numeric(5,4): at most one. */
const STRENGTH_SCALE = 4;
const STRONGEST = 10_000;
const HOLD_PERCENT = 40;

export function writeSignal(tenant: TenantContext, signal: Signal): void {
  const { random, world, tables } = tenant;
  const instrument = world.market[signal.instrumentIndex];
  appendRow(tables.signals, [
    random.uuid(),
    tenant.id,
    signal.strategyId,
    `${instrument?.id ?? 0}`,
    signal.direction,
    formatDecimal(BigInt(random.between(1, STRONGEST)), STRENGTH_SCALE),
    escapeField(withCanary(random.pick(world.dictionary.phrases), tenant)),
    formatTime(signal.generatedAtMs),
  ]);
}

/** Signals without an order, evenly over the trading days. */
export function writeIdleSignals(tenant: TenantContext, count: number): void {
  const { random, portfolios } = tenant;
  for (let number = 0; number < count; number += 1) {
    const portfolio = random.pick(portfolios);
    const dayMs = tradingDaysMs[Math.floor((number * tradingDaysMs.length) / count)] ?? DAY_MS;
    writeSignal(tenant, {
      strategyId: random.pick(portfolio.strategies).id,
      instrumentIndex: random.pick(portfolio.instruments),
      direction: random.percent(HOLD_PERCENT) ? 'hold' : random.pick(['buy', 'sell'] as const),
      generatedAtMs: dayMs + SESSION_OPEN_MS + random.below(SESSION_LENGTH_MS),
    });
  }
}

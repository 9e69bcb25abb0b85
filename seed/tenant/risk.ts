/** Exposures of positions at a day's close, and the rows made of them: daily risk snapshots and risk limits. */
import { traitsOf } from '../market/asset-classes.ts';
import { anchorMs, SNAPSHOT_TIME_MS, tradingDaysMs } from '../market/trading-days.ts';
import type { Instrument } from '../market/market.ts';
import { appendRow, formatTime } from '../text/copy-text.ts';
import { absolute, divideRounded, formatCents, valueToCents } from '../text/decimal.ts';
import type { Position, PositionBook } from './position-book.ts';
import { LIMIT_KINDS } from './row-budget.ts';
import type { TenantContext } from './tenant-context.ts';

/** Unrounded sums of quantity × close (ten decimal places). */
export interface Exposure {
  gross: bigint;
  net: bigint;
  largest: bigint;
  /** Σ |value| × 1.645 × daily volatility: parametric, 95 % one-sided, with no credit for diversification. */
  valueAtRisk: bigint;
}

/** 1.645, the 95 % quantile of the normal distribution, times a million for the volatility in parts per million. */
const QUANTILE_95_THOUSANDTHS = 1_645n;
const PER_BILLION = 1_000_000_000n;
const CENTS_PER_THOUSAND = 100_000n;

/** Σ over positions at the close of a trading day. Rounded by nobody here: the caller rounds once. */
export function exposureAt(positions: Iterable<Position>, market: readonly Instrument[], day: number): Exposure {
  const exposure: Exposure = { gross: 0n, net: 0n, largest: 0n, valueAtRisk: 0n };
  let weighted = 0n;
  for (const { quantity, instrumentIndex } of positions) {
    const instrument = market[instrumentIndex];
    if (instrument === undefined) throw new RangeError(`no instrument ${instrumentIndex}`);
    const value = quantity * (instrument.closes[day] ?? 0n);
    const size = absolute(value);
    exposure.net += value;
    exposure.gross += size;
    if (size > exposure.largest) exposure.largest = size;
    weighted += size * BigInt(traitsOf[instrument.assetClass].dailyVolatilityPpm);
  }
  exposure.valueAtRisk = divideRounded(weighted * QUANTILE_95_THOUSANDTHS, PER_BILLION);
  return exposure;
}

/** One snapshot a portfolio at the close of a trading day. */
export function writeSnapshots(tenant: TenantContext, book: PositionBook, day: number): void {
  const takenAtMs = (tradingDaysMs[day] ?? 0) + SNAPSHOT_TIME_MS;
  tenant.portfolios.forEach((portfolio, index) => {
    const exposure = exposureAt(book.ofPortfolio(index), tenant.world.market, day);
    appendRow(tenant.tables.risk_snapshots, [
      tenant.random.uuid(),
      tenant.id,
      portfolio.id,
      formatCents(valueToCents(exposure.gross)),
      formatCents(valueToCents(exposure.net)),
      formatCents(valueToCents(exposure.valueAtRisk)),
      formatTime(takenAtMs),
    ]);
  });
}

/** Limits with room above the present exposure, in whole thousands. Returns the ids. */
export function writeRiskLimits(tenant: TenantContext, book: PositionBook): string[] {
  const lastDay = tradingDaysMs.length - 1;
  const ids: string[] = [];
  tenant.portfolios.forEach((portfolio, index) => {
    const exposure = exposureAt(book.ofPortfolio(index), tenant.world.market, lastDay);
    const baseOf: Record<(typeof LIMIT_KINDS)[number], bigint> = {
      gross_exposure: (exposure.gross * 13n) / 10n,
      net_exposure: (absolute(exposure.net) * 14n) / 10n,
      single_name: (exposure.largest * 15n) / 10n,
      daily_loss: exposure.gross / 40n,
    };
    for (const kind of LIMIT_KINDS) {
      const id = tenant.random.uuid();
      const thousands = valueToCents(baseOf[kind]) / CENTS_PER_THOUSAND + 1n;
      ids.push(id);
      appendRow(tenant.tables.risk_limits, [
        id,
        tenant.id,
        portfolio.id,
        kind,
        formatCents(thousands * CENTS_PER_THOUSAND),
        formatTime(anchorMs + tenant.random.below(SNAPSHOT_TIME_MS)),
      ]);
    }
  });
  return ids;
}

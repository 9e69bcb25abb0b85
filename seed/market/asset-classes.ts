/** How each class of instrument trades: price, tick, volatility, lot, fee. Plausible round figures, not calibrated. */

export const assetClasses = ['equity', 'etf', 'bond', 'crypto', 'fx'] as const;
export type AssetClass = (typeof assetClasses)[number];

export interface AssetClassTraits {
  count: number;
  /** First close of an invented instrument, in hundredths of the currency. */
  firstCloseCents: { min: number; max: number };
  /** In millionths of the currency. */
  tick: bigint;
  /** Standard deviation of a day's return, in parts per million. */
  dailyVolatilityPpm: number;
  /** In ten-thousandths of a unit: an order is `lot` times a number of lots. */
  lot: bigint;
  largestOrderLots: number;
  /** In hundredths of a percent of the traded value. */
  feeBasisPoints: bigint;
}

export const traitsOf: Record<AssetClass, AssetClassTraits> = {
  equity: {
    count: 40,
    firstCloseCents: { min: 800, max: 60_000 },
    tick: 10_000n,
    dailyVolatilityPpm: 15_000,
    lot: 10_000n,
    largestOrderLots: 400,
    feeBasisPoints: 2n,
  },
  etf: {
    count: 10,
    firstCloseCents: { min: 2_000, max: 50_000 },
    tick: 10_000n,
    dailyVolatilityPpm: 9_000,
    lot: 10_000n,
    largestOrderLots: 300,
    feeBasisPoints: 1n,
  },
  bond: {
    count: 6,
    firstCloseCents: { min: 8_500, max: 11_000 },
    tick: 1_000n,
    dailyVolatilityPpm: 3_000,
    lot: 100_000n,
    largestOrderLots: 50,
    feeBasisPoints: 1n,
  },
  crypto: {
    count: 4,
    firstCloseCents: { min: 5_000, max: 4_500_000 },
    tick: 10_000n,
    dailyVolatilityPpm: 35_000,
    lot: 100n,
    largestOrderLots: 300,
    feeBasisPoints: 20n,
  },
  fx: {
    count: 4,
    firstCloseCents: { min: 60, max: 140 },
    tick: 100n,
    dailyVolatilityPpm: 5_000,
    lot: 10_000_000n,
    largestOrderLots: 50,
    feeBasisPoints: 1n,
  },
};

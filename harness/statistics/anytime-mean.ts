/** Bounds of the mean of block estimates that hold at every look: all looks together are wrong with no more than the stated error. */
import { type Spending, looksUpTo, wantedT } from './planned-looks.ts';

export interface AnytimeQuestion {
  /** Estimates of blocks between which everything was restarted: these are what repeats independently. */
  values: readonly number[];
  /** Chance that the lower bound is ever above the mean. */
  lowerError: number;
  /** Chance that the upper bound is ever below it. */
  upperError: number;
  /** What a value is read to. Values that are all equal (counts) then bound the mean this closely, not without any error. */
  resolution: number;
  spending: Spending;
}

export interface AnytimeMean {
  mean: number;
  /** Between the values, at least the resolution; null of fewer than two. */
  deviation: number | null;
  /** null before the first look. */
  lower: number | null;
  upper: number | null;
}

/**
 * Student's t interval at each planned look, all that were so far intersected (planned-looks.ts). Block estimates of arms that are alike are
 * symmetric about 0, because they change places with every block, and with heavy tails the t interval is then too wide rather than too narrow
 * (Benjamini 1983, JASA 78:645; anytime-mean.test.ts simulates it). At least one value.
 */
export function anytimeMean(question: AnytimeQuestion): AnytimeMean {
  const { values, spending, lowerError, upperError, resolution } = question;
  if (values.length === 0) throw new RangeError('anytimeMean: no values');
  const { mean, deviation } = momentsOf(values, resolution);
  let lower: number | null = null;
  let upper: number | null = null;
  for (const look of looksUpTo(values.length, spending)) {
    const seen = momentsOf(values.slice(0, look.blocks), resolution);
    const error = (seen.deviation ?? Number.NaN) / Math.sqrt(look.blocks);
    lower = Math.max(lower ?? Number.NEGATIVE_INFINITY, seen.mean - wantedT(look, lowerError) * error);
    upper = Math.min(upper ?? Number.POSITIVE_INFINITY, seen.mean + wantedT(look, upperError) * error);
  }
  return { mean, deviation, lower, upper };
}

function momentsOf(values: readonly number[], resolution: number): { mean: number; deviation: number | null } {
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  if (values.length < 2) return { mean, deviation: null };
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  return { mean, deviation: Math.max(resolution, Math.sqrt(squares / (values.length - 1))) };
}

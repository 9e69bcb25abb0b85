/** Bounds of the mean of block estimates that hold at every look: all looks together are wrong with no more than the stated error. */
import { criticalT } from './t-e-process.ts';

export interface AnytimeQuestion {
  /** Estimates of blocks between which everything was restarted: these are what repeats independently. */
  values: readonly number[];
  /** Chance that the lower bound is ever above the mean. */
  lowerError: number;
  /** Chance that the upper bound is ever below it. */
  upperError: number;
  /** What a value is read to. Values that are all equal (counts) then bound the mean this closely, not without any error. */
  resolution: number;
}

export interface AnytimeMean {
  mean: number;
  /** Between the values, at least the resolution; null of fewer than two. */
  deviation: number | null;
  /** null where so few values bound nothing. */
  lower: number | null;
  upper: number | null;
}

/** The confidence sequence that inverts the e-process of t-e-process.ts. At least one value. */
export function anytimeMean({ values, lowerError, upperError, resolution }: AnytimeQuestion): AnytimeMean {
  const count = values.length;
  if (count === 0) throw new RangeError('anytimeMean: no values');
  const mean = values.reduce((total, value) => total + value, 0) / count;
  if (count < 2) return { mean, deviation: null, lower: null, upper: null };
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  const deviation = Math.max(resolution, Math.sqrt(squares / (count - 1)));
  const half = (error: number) => {
    const critical = criticalT(count, error);
    return critical === null ? null : (critical * deviation) / Math.sqrt(count);
  };
  const [below, above] = [half(lowerError), half(upperError)];
  return {
    mean,
    deviation,
    lower: below === null ? null : mean - below,
    upper: above === null ? null : mean + above,
  };
}

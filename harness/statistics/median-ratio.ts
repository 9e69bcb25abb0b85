/** The median of a growing list of values, with bounds that hold at every look: the e-value of share-e-value.ts inverted. */
import { firstInteger } from './first-integer.ts';
import { percentileOfSorted } from './percentile.ts';
import { logShareEValue } from './share-e-value.ts';

export interface MedianQuestion {
  /** At least one. */
  values: readonly number[];
  lowerError: number;
  upperError: number;
}

export interface AnytimeMedian {
  ratio: number;
  /** null where so few values do not bound it. */
  lower: number | null;
  upper: number | null;
}

export function medianRatio({ values, lowerError, upperError }: MedianQuestion): AnytimeMedian {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  const ratio = percentileOfSorted(sorted, 0.5);
  if (ratio === null) throw new RangeError('medianRatio: no values');
  // So many values over a number, and the median is surely over it too.
  const enough = (error: number) => firstInteger(0, count, (over) => logShareEValue(over, count) >= -Math.log(error));
  const [over, under] = [enough(lowerError), enough(upperError)];
  return {
    ratio,
    lower: over === null ? null : (sorted[count - over] ?? null),
    upper: under === null ? null : (sorted[under - 1] ?? null),
  };
}

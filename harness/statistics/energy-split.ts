/**
 * Where a series is best cut in two: the largest value of the scaled sample energy statistic with α = 1.
 *
 * Q = mn/(m+n) · (2·mean|X−Y| − mean|X−X′| − mean|Y−Y′|), the means over pairs of different values; Matteson & James (2014), JASA 109:334,
 * equations 5 and 6, taken over the whole series to its end as MongoDB's performance tests do (Daly et al. 2020, ICPE).
 */

export interface EnergySplit {
  /** Of the first value after the cut. */
  index: number;
  statistic: number;
}

/** null where the series cannot be cut into two parts of at least `minimumLength` (two or more). O(n²) by moving one value at a time. */
export function energySplit(series: ArrayLike<number>, minimumLength: number): EnergySplit | null {
  if (minimumLength < 2) throw new RangeError('energySplit: a part of one value has no distances');
  const n = series.length;
  const sums = { left: 0, right: 0, between: 0 };
  for (let index = 0; index < n; index += 1) sums.right += distanceTo(series, index, 0, index);
  let best: EnergySplit | null = null;
  for (let index = 0; index + minimumLength < n; index += 1) {
    const left = distanceTo(series, index, 0, index);
    const right = distanceTo(series, index, index + 1, n);
    sums.left += left;
    sums.right -= right;
    sums.between += right - left;
    const size = index + 1;
    if (size < minimumLength) continue;
    const statistic = scaledEnergy(sums, size, n - size);
    if (best === null || statistic > best.statistic) best = { index: size, statistic };
  }
  return best;
}

function distanceTo(series: ArrayLike<number>, index: number, from: number, to: number): number {
  const value = series[index] ?? Number.NaN;
  let sum = 0;
  for (let other = from; other < to; other += 1) sum += Math.abs((series[other] ?? Number.NaN) - value);
  return sum;
}

function scaledEnergy(sums: { left: number; right: number; between: number }, left: number, right: number): number {
  const energy =
    (2 * sums.between) / (left * right) -
    (2 * sums.left) / (left * (left - 1)) -
    (2 * sums.right) / (right * (right - 1));
  return ((left * right) / (left + right)) * energy;
}

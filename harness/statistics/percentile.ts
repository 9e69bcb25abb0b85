/** Sample percentiles, type 7 of Hyndman & Fan (1996), The American Statistician 50:361: linear, as k6, R and numpy have it. */

/** The values in ascending order, in memory of its own. NaN is refused: it has no rank. */
export function sortedCopy(values: Float64Array): Float64Array {
  const sorted = Float64Array.from(values).sort();
  // The native sort puts NaN last.
  if (Number.isNaN(sorted.at(-1) ?? 0)) throw new RangeError('sortedCopy: NaN has no rank');
  return sorted;
}

/** `level` from 0 to 1 (0.99 is p99); null of nothing. The values must be in ascending order. */
export function percentileOfSorted(sorted: Float64Array, level: number): number | null {
  if (!(level >= 0 && level <= 1)) throw new RangeError(`percentile: level ${level} is not in [0, 1]`);
  const position = (sorted.length - 1) * level;
  const below = Math.floor(position);
  const low = sorted[below];
  if (low === undefined) return null;
  const high = sorted[below + 1] ?? low;
  return low + (position - below) * (high - low);
}

/** As percentileOfSorted, of values in any order; they are left as they were. Merge samples first: percentiles do not merge. */
export function percentile(values: Float64Array, level: number): number | null {
  return percentileOfSorted(sortedCopy(values), level);
}

/** The logarithm of B/A for each pair of measurements of the same request; the median of these is what paired arms are compared by. */

/** Two columns of equal length; entry i of both is one pair. All values positive. */
export interface PairedValues {
  a: Float64Array;
  b: Float64Array;
}

/** Logarithms, because B/A and A/B are then equally far from no difference, and means of them are ratios of geometric means. */
export function logRatios({ a, b }: PairedValues): Float64Array {
  if (a.length !== b.length) throw new RangeError(`logRatios: ${a.length} against ${b.length} values`);
  return b.map((value, index) => Math.log(value / (a[index] ?? Number.NaN)));
}

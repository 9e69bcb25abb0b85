/** The point of an interval at which a monotone condition turns true, to double precision. */

/**
 * `condition` is false at `low` and true at `high` and changes once.
 * Returns the smallest number found at which it is true.
 */
export function bisect(low: number, high: number, condition: (x: number) => boolean): number {
  let lower = low;
  let upper = high;
  for (;;) {
    const middle = lower + (upper - lower) / 2;
    if (middle <= lower || middle >= upper) return upper;
    if (condition(middle)) upper = middle;
    else lower = middle;
  }
}

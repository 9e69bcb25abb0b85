/** The first whole number for which a monotone condition holds, by binary search. */

/** Looks in low..high (both included); null where the condition holds nowhere. It must not turn false again once true. */
export function firstInteger(low: number, high: number, condition: (n: number) => boolean): number | null {
  if (high < low || !condition(high)) return null;
  let lower = low;
  let upper = high;
  while (lower < upper) {
    const middle = Math.floor(lower + (upper - lower) / 2);
    if (condition(middle)) upper = middle;
    else lower = middle + 1;
  }
  return lower;
}

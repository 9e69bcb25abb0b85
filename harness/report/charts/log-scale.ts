/** Ticks and limits of a logarithmic axis in steps of 1, 2, 5. */

const steps = [1, 2, 5];

/** All values 1, 2, 5 × 10^k from the last at or below `low` to the first at or above `high`. Both must be positive. */
export function logTicks(low: number, high: number): number[] {
  const ticks: number[] = [];
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high)) + 1;
  for (let power = first; power <= last; power += 1) {
    for (const step of steps) ticks.push(Number((step * 10 ** power).toPrecision(1)));
  }
  const start = Math.max(
    0,
    ticks.findLastIndex((tick) => tick <= low),
  );
  const end = ticks.findIndex((tick) => tick >= high);
  return ticks.slice(start, end === -1 ? ticks.length : end + 1);
}

/** At most `most` labels: where 1, 2, 5 are too many, powers of ten (and every second of them) remain. */
export function thinTicks(ticks: readonly number[], most: number): number[] {
  if (ticks.length <= most) return [...ticks];
  const powers = ticks.filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(6))));
  if (powers.length <= most) return powers;
  const every = Math.ceil(powers.length / most);
  return powers.filter((_, index) => index % every === 0);
}

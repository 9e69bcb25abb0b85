/** Share of the standard normal distribution below a value, by the incomplete gamma series and fraction of erfc (DLMF 7.6.1, 7.9.4). */

/** Below this the series is exact to double precision; above it the continued fraction is. */
const seriesEnds = 3;

export function normalShareBelow(value: number): number {
  const size = Math.abs(value);
  const tail = size < seriesEnds ? 0.5 - density(size) * series(size) : density(size) / fraction(size);
  return value > 0 ? 1 - tail : tail;
}

function density(x: number): number {
  return Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
}

/** x + x³/3 + x⁵/(3·5) + … */
function series(x: number): number {
  let term = x;
  let total = x;
  for (let k = 3; term > total * 1e-17; k += 2) {
    term *= (x * x) / k;
    total += term;
  }
  return total;
}

/** x + 1/(x + 2/(x + 3/(x + …))) */
function fraction(x: number): number {
  let value = x;
  for (let k = 200; k >= 1; k -= 1) value = x + k / value;
  return value;
}

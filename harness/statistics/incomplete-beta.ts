/**
 * The regularised incomplete beta function I_x(a, b), the tail of the binomial, F and t distributions.
 * Continued fraction by Lentz's method (DLMF 8.17.22), its factor from the saddle-point density: stable for a + b of ten million.
 */
import { binomialDensity } from './binomial-density.ts';

/** The fraction needs O(√max(a, b)) terms near its turning point: some 3,000 for ten million. */
const maximumTerms = 100_000;
const tolerance = 1e-15;
/** Stands in for a zero denominator, as Lentz's method asks. */
const tiny = 1e-300;

export function incompleteBeta(x: number, a: number, b: number): number {
  if (!(a > 0) || !(b > 0)) throw new RangeError(`incompleteBeta: a and b must be positive, not ${a} and ${b}`);
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // x^a (1−x)^b / B(a, b), written through the density of a of a + b.
  const factor = ((a * b) / (a + b)) * binomialDensity(a, a + b, x);
  // The fraction converges fast only below the mean; above it the complement does.
  const below = x < (a + 1) / (a + b + 2);
  const value = below ? (factor * fraction(x, a, b)) / a : 1 - (factor * fraction(1 - x, b, a)) / b;
  return Math.min(1, Math.max(0, value));
}

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = invert(1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m <= maximumTerms; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = invert(1 + even * d);
    c = awayFromZero(1 + even / c);
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = invert(1 + odd * d);
    c = awayFromZero(1 + odd / c);
    const change = d * c;
    value *= change;
    if (Math.abs(change - 1) < tolerance) return value;
  }
  throw new RangeError(`incompleteBeta(${x}, ${a}, ${b}) did not converge in ${maximumTerms} terms`);
}

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}

function invert(value: number): number {
  return 1 / awayFromZero(value);
}

/** Student's t distribution: its lower tail and its quantile, from the incomplete beta function. */
import { bisect } from './bisect.ts';
import { incompleteBeta } from './incomplete-beta.ts';

/** Beyond the quantile of 1 degree of freedom at 1 − 1e-9. */
const furthest = 1e9;

/** P(T ≤ t). */
export function studentTLowerTail(t: number, degreesOfFreedom: number): number {
  if (t < 0) return upperTail(-t, degreesOfFreedom);
  const square = t * t;
  // The complement, because 1 − x loses its digits for small t.
  if (square < degreesOfFreedom) {
    return 0.5 + 0.5 * incompleteBeta(square / (degreesOfFreedom + square), 0.5, degreesOfFreedom / 2);
  }
  return 1 - upperTail(t, degreesOfFreedom);
}

/** P(T ≥ t) for t ≥ 0, without loss of digits where it is tiny. */
function upperTail(t: number, degreesOfFreedom: number): number {
  return 0.5 * incompleteBeta(degreesOfFreedom / (degreesOfFreedom + t * t), degreesOfFreedom / 2, 0.5);
}

/** The t that a share `level` (0.5 ≤ level < 1) of the distribution lies below. */
export function studentTQuantile(level: number, degreesOfFreedom: number): number {
  if (!(level >= 0.5 && level < 1)) throw new RangeError(`studentTQuantile: level ${level} is not in [0.5, 1)`);
  if (level === 0.5) return 0;
  return bisect(0, furthest, (t) => studentTLowerTail(t, degreesOfFreedom) >= level);
}

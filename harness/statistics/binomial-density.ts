/**
 * Density of the binomial distribution by Loader's saddle-point expansion, for whole and for real counts.
 * Factorials of ten million lose eight digits when their logarithms are subtracted; this form never subtracts large numbers.
 * Source: C. Loader (2000), "Fast and accurate computation of binomial probabilities"; the same as dbinom of R.
 */
import { logGamma } from './log-gamma.ts';

/** From here on the series below is exact to double precision; under it the logarithm of Γ is small enough to subtract. */
const smallestForSeries = 16;

/** ln(n!) minus Stirling's formula: what the formula leaves out. */
function stirlingError(n: number): number {
  if (n < smallestForSeries) return logGamma(n + 1) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI);
  const square = n * n;
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n;
}

/** The deviance term x ln(x / m) + m − x, without cancellation where x is close to m. */
function devianceTerm(x: number, m: number): number {
  const difference = x - m;
  if (Math.abs(difference) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  const v = difference / (x + m);
  let sum = difference * v;
  let term = 2 * x * v;
  for (let j = 1; j < 1000; j += 1) {
    term *= v * v;
    const next = sum + term / (2 * j + 1);
    if (next === sum) return next;
    sum = next;
  }
  return sum;
}

/** P(X = successes), X ~ Bin(trials, share); real counts take Γ for the factorial. `share` in (0, 1). */
export function binomialDensity(successes: number, trials: number, share: number): number {
  if (successes < 0 || successes > trials) return 0;
  if (successes === 0) return Math.exp(trials * Math.log1p(-share));
  if (successes === trials) return Math.exp(trials * Math.log(share));
  const failures = trials - successes;
  const exponent =
    stirlingError(trials) -
    stirlingError(successes) -
    stirlingError(failures) -
    devianceTerm(successes, trials * share) -
    devianceTerm(failures, trials * (1 - share));
  return Math.exp(exponent) * Math.sqrt(trials / (2 * Math.PI * successes * failures));
}

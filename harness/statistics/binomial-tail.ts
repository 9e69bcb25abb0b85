/** Tails of the binomial distribution through the incomplete beta function, also for the real counts of an effective sample. */
import { incompleteBeta } from './incomplete-beta.ts';

/** P(X ≥ successes), X ~ Bin(trials, share). */
export function binomialUpperTail(successes: number, trials: number, share: number): number {
  if (successes <= 0) return 1;
  if (successes > trials) return 0;
  return incompleteBeta(share, successes, trials - successes + 1);
}

/** P(X ≤ successes), X ~ Bin(trials, share). */
export function binomialLowerTail(successes: number, trials: number, share: number): number {
  if (successes < 0) return 0;
  if (successes >= trials) return 1;
  return incompleteBeta(1 - share, trials - successes, successes + 1);
}

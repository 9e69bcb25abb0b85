/**
 * Which order statistics bound a quantile, without any assumption about the distribution.
 *
 * Of n independent samples, P(X₍ₛ₎ < q) = P(Bin(n, level) ≥ s): the smallest s for which that is at most 1 − confidence bounds q
 * from above; mirrored, from below (David & Nagaraja 2003, "Order Statistics", §7.1). It is the Clopper–Pearson interval of
 * the share below a point, read as a quantile.
 *
 * Correlated samples are worth fewer. Rank s of n says that a share s/n lies at or below; with n_eff ≤ n the same share is put to
 * the test with s·n_eff/n of n_eff, real counts in the incomplete beta function. That is Woodruff's interval (1952, JASA 47:635)
 * with the bounds of Korn & Graubard (1998, Survey Methodology 24:193). At n_eff = n it is the exact order-statistic bound, and
 * the extremes remain what they are: the largest sample bounds p99 only when 0.99^n_eff ≤ 0.05, which is n_eff ≥ 299.
 */
import { binomialLowerTail, binomialUpperTail } from './binomial-tail.ts';
import { firstInteger } from './first-integer.ts';

export interface QuantileQuestion {
  samples: number;
  /** How many independent samples they are worth; at most `samples`. */
  effectiveSamples: number;
  /** Of the quantile, between 0 and 1: 0.99 for p99. */
  level: number;
  /** Of each bound, one-sided. */
  confidence: number;
}

/** Ranks from 1 to `samples`; null where no sample bounds that side. */
export interface QuantileRanks {
  lower: number | null;
  upper: number | null;
}

export function quantileRanks(question: QuantileQuestion): QuantileRanks {
  const { samples, level } = question;
  if (!(level > 0 && level < 1)) throw new RangeError(`quantileRanks: level ${level} is not in (0, 1)`);
  const upper = firstInteger(1, samples, (rank) => boundsFromAbove(question, rank));
  const firstNotLower = firstInteger(1, samples, (rank) => !boundsFromBelow(question, rank));
  const lower = (firstNotLower ?? samples + 1) - 1;
  return { lower: lower === 0 ? null : lower, upper };
}

/** Whether the sample of this rank is an upper bound of the quantile. */
export function boundsFromAbove(question: QuantileQuestion, rank: number): boolean {
  const { samples, level, confidence } = question;
  const worth = effective(question);
  return binomialUpperTail((rank * worth) / samples, worth, level) <= 1 - confidence;
}

/** Whether the sample of this rank is a lower bound of the quantile. */
export function boundsFromBelow(question: QuantileQuestion, rank: number): boolean {
  const { samples, level, confidence } = question;
  const worth = effective(question);
  return binomialLowerTail(((rank - 1) * worth) / samples, worth, level) <= 1 - confidence;
}

function effective({ samples, effectiveSamples }: QuantileQuestion): number {
  return Math.min(samples, effectiveSamples);
}

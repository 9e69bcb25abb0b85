/**
 * Evidence that more than half of a growing number of pairs are over a limit, which may be looked at after every pair.
 *
 * The likelihood ratio of the count, the share having a uniform prior on (½, 1) under the alternative: a mixture of betting strategies
 * (Ville 1939; Robbins 1970, Ann. Math. Stat. 41:1397; Howard & Ramdas 2022, "Sequential estimation of quantiles with applications to A/B
 * testing", Bernoulli 28:1704). A martingale of mean 1 where the share is ½, a supermartingale below; it ever exceeds 1/α with a chance of
 * at most α. It is about medians: the median of the pairs' ratios is over the limit where more than half of them are.
 */
import { binomialUpperTail } from './binomial-tail.ts';
import { logGamma } from './log-gamma.ts';

/** ln of the e-value of `over` of `trials` pairs. */
export function logShareEValue(over: number, trials: number): number {
  // ∫ over (½, 1) of 2 p^s (1−p)^f dp · 2^n = 2^(n+1) B(s+1, f+1) P(Beta(s+1, f+1) > ½)
  const under = trials - over;
  const logBeta = logGamma(over + 1) + logGamma(under + 1) - logGamma(trials + 2);
  // P(Beta(s+1, f+1) > ½) = P(Bin(n+1, ½) ≤ s) = P(Bin(n+1, ½) ≥ f + 1)
  const tail = binomialUpperTail(under + 1, trials + 1, 0.5);
  return (trials + 1) * Math.LN2 + logBeta + Math.log(tail);
}

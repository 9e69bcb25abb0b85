/**
 * Evidence against "the mean is not above 0", for estimates with unknown variance, that may be looked at after every one of them.
 *
 * The e-value of n values is the likelihood ratio of their t statistic, the mean in units of the standard deviation having a
 * half-normal prior of scale τ under the alternative and the variance the right Haar prior 1/σ under both: scale invariance makes it a
 * nonnegative martingale of mean 1 where the mean is 0 (Robbins 1970, Ann. Math. Stat. 41:1397; Lai 1976, Ann. Stat. 4:265; Pérez-Ortiz,
 * Lardy, de Heide & Grünwald 2024, "E-statistics, group invariance and anytime-valid testing", Ann. Stat. 52:1410; Wang & Ramdas 2025,
 * "Anytime-valid t-tests and confidence sequences for Gaussian means with unknown variance", Sequential Analysis 44:56). By Ville's
 * inequality it ever exceeds 1/α with a chance of at most α, whatever the rule to stop (Grünwald, de Heide & Koolen 2024, "Safe testing",
 * JRSS B 86:1091). Where the mean is below 0, each value is one of mean 0 less a constant, the t statistic falls with that constant and the
 * ratio rises with the t statistic (the prior is on one side): never more than in the case of 0. So it is an e-process for "≤ 0".
 *
 * The conjugate prior gives a closed form. The two-sided ratio with prior N(0, τ²σ²) is (1 + nτ²)^−½ · ((ν + t²) / (ν + (1 − k) t²))^(n/2),
 * ν = n − 1, k = nτ²/(1 + nτ²); given the data the mean has a t distribution with n degrees of freedom, and the one-sided ratio is twice
 * the two-sided one times the chance that it is above 0.
 */
import { bisect } from './bisect.ts';
import { studentTLowerTail } from './student-t.ts';

/**
 * Scales of the prior, mixed in equal parts: nobody knows whether the effect will be half a deviation between blocks (a tail), two (a
 * median) or many (a count). A mixture of e-processes is one, and costs at most a factor of three.
 */
const priorScales = [0.5, 2, 8] as const;

/** Beyond it no t statistic is taken for evidence: figures that differ by less are differences of rounding. */
const furthest = 1e6;

/** `t`: √n · mean / standard deviation of `count` values (n − 1 in its denominator). Never infinite. */
export function tEValue(t: number, count: number): number {
  return priorScales.reduce((total, scale) => total + oneSided(t, count, scale), 0) / priorScales.length;
}

function oneSided(t: number, count: number, scale: number): number {
  const degrees = count - 1;
  const spread = 1 + count * scale * scale;
  const left = 1 / spread;
  const square = t * t;
  // Divided by t² where that is large, so that nothing overflows: (1 + ν/t²) / (1/spread + ν/t²).
  const growth =
    square > 1 ? (1 + degrees / square) / (left + degrees / square) : (degrees + square) / (degrees + left * square);
  const twoSided = Math.exp(0.5 * (count * Math.log(growth) - Math.log(spread)));
  const posterior = t * Math.sqrt((count * (1 - left)) / (degrees + left * square));
  return 2 * twoSided * studentTLowerTail(posterior, count);
}

/** The t statistic at which the e-value reaches 1/error; null where `count` values cannot reach it. */
export function criticalT(count: number, error: number): number | null {
  const key = `${count} ${error}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const wanted = 1 / error;
  const reached = count >= 2 && tEValue(furthest, count) >= wanted;
  const critical = reached ? bisect(0, furthest, (t) => tEValue(t, count) >= wanted) : null;
  known.set(key, critical);
  return critical;
}

/** What criticalT found: it depends on nothing else, and every look asks for the same again. */
const known = new Map<string, number | null>();

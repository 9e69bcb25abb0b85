/** The fewest independent samples whose largest one bounds a quantile from above: Wilks (1941), Annals of Mathematical Statistics 12:91. */

/** `level` 0.99 for p99; `confidence` of the bound, one-sided. 299 for p99 at 95 %: 0.99²⁹⁹ ≤ 0.05. */
export function fewestSamples(level: number, confidence: number): number {
  return Math.ceil(Math.log(1 - confidence) / Math.log(level));
}

/** Exact bounds of a share seen in independent trials: Clopper & Pearson (1934), Biometrika 26:404. */
import { binomialLowerTail, binomialUpperTail } from './binomial-tail.ts';
import { bisect } from './bisect.ts';

export interface ShareCount {
  successes: number;
  trials: number;
  /** Of each bound, one-sided: 0.95 gives the 90 % two-sided interval. */
  confidence: number;
}

/** Lower and upper bound of the share; [0, 1] where there were no trials. */
export function clopperPearson({ successes, trials, confidence }: ShareCount): [number, number] {
  if (successes < 0 || successes > trials) throw new RangeError(`clopperPearson: ${successes} of ${trials}`);
  const alpha = 1 - confidence;
  const lower = successes <= 0 ? 0 : bisect(0, 1, (share) => binomialUpperTail(successes, trials, share) >= alpha);
  const upper = successes >= trials ? 1 : bisect(0, 1, (share) => binomialLowerTail(successes, trials, share) <= alpha);
  return [lower, upper];
}

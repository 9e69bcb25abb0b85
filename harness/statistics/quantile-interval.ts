/** Lower and upper confidence bound of a quantile: the samples at the ranks that quantile-ranks.ts names. */
import { quantileRanks } from './quantile-ranks.ts';

export interface QuantileIntervalQuestion {
  /** Ascending. */
  sorted: Float64Array;
  effectiveSamples: number;
  level: number;
  /** Of each bound, one-sided. */
  confidence: number;
}

/** null on a side that the samples do not bound. */
export function quantileInterval(question: QuantileIntervalQuestion): [number | null, number | null] {
  const { sorted, effectiveSamples, level, confidence } = question;
  const ranks = quantileRanks({ samples: sorted.length, effectiveSamples, level, confidence });
  const at = (rank: number | null) => (rank === null ? null : (sorted[rank - 1] ?? null));
  return [at(ranks.lower), at(ranks.upper)];
}

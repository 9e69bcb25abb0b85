/** p50, p95 and p99 of merged requests: what is shown of a scenario, of an endpoint, of a second. */
import { percentileOfSorted, sortedCopy } from '../../statistics/percentile.ts';

export interface LatencySummary {
  p50Ms: number | null;
  p95Ms: number | null;
  p99Ms: number | null;
}

/** null of nothing. Unlike the gates, failed requests are in at the time they took. */
export function latencySummary(durationMs: Float64Array): LatencySummary {
  const sorted = sortedCopy(durationMs);
  return {
    p50Ms: percentileOfSorted(sorted, 0.5),
    p95Ms: percentileOfSorted(sorted, 0.95),
    p99Ms: percentileOfSorted(sorted, 0.99),
  };
}

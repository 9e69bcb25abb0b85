/** What came out of holding a run against a baseline. */
import type { Metric } from './metric.ts';
import type { Quantity } from './quantity.ts';
import type { Verdict } from './verdict.ts';

/** One entry of two fingerprints that is not equal; null where a side has no such entry. */
export interface FingerprintDifference {
  name: string;
  baseline: string | null;
  run: string | null;
}

export type MetricOutcome = 'worse' | 'better' | 'no-change' | 'undecided';

export interface MetricComparison {
  metric: Metric['id'];
  title: string;
  outcome: MetricOutcome;
  baseline: Quantity;
  run: Quantity | null;
  /** Relative to the baseline, +0.5 is half as much again; null where there is nothing to divide. */
  change: number | null;
  explanation: string;
}

export interface BaselineComparison {
  verdict: Verdict;
  /** Most important first. */
  reasons: string[];
  differences: FingerprintDifference[];
  metrics: MetricComparison[];
}

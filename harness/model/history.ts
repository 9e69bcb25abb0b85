/** Figures of many runs in order of time: what `history` prints as JSON and draws. */
import type { FingerprintDifference } from './baseline-comparison.ts';
import type { Fingerprint } from './baseline.ts';
import type { Metric } from './metric.ts';
import type { Quantity } from './quantity.ts';
import type { Verdict } from './verdict.ts';

/**
 * Valid runs of one environment below which no change point can be found at p ≤ 0.01: of the orders of ten runs, one in 126 splits into the
 * same halves; of nine, one in 63.
 */
export const fewestRunsForChange = 10;

/** One run as it was stored. */
export interface StoredRun {
  runId: string;
  startedAt: string;
  profile: string;
  kind: string;
  verdict: Verdict;
  commit: string | null;
  plantedDefect: string | null;
  /** Why the run ended early; null when it went to its end. */
  incomplete: string | null;
  /** Experiments of which a guard failed; null stands for the whole run. */
  invalidScopes: (string | null)[];
  fingerprint: Fingerprint;
  metrics: Metric[];
}

export interface HistoryRun extends Omit<StoredRun, 'fingerprint' | 'metrics' | 'invalidScopes'> {
  /** Counted from 1 in its lane. */
  number: number;
  /** How its fingerprint differs from the run before; empty where it does not, and in the first run. */
  differences: FingerprintDifference[];
}

export interface HistoryPoint {
  run: number;
  quantity: Quantity;
  /** False where the run was invalid for the metric: shown, and no part of any change point. */
  counts: boolean;
}

/** Runs between two changes, of the metric or of the fingerprint. */
export interface HistoryLevel {
  fromRun: number;
  toRun: number;
  mean: number;
  /** Valid runs. */
  runs: number;
}

export interface HistoryChange {
  /** The first run after the change. */
  run: number;
  before: number;
  after: number;
  pValue: number;
  /** Whether it went the wrong way for the metric. */
  worse: boolean;
}

export interface HistorySeries {
  metric: string;
  title: string;
  points: HistoryPoint[];
  levels: HistoryLevel[];
  changes: HistoryChange[];
}

/** Runs of one profile in one kind of environment. */
export interface HistoryLane {
  profile: string;
  kind: string;
  runs: HistoryRun[];
  series: HistorySeries[];
}

export interface History {
  lanes: HistoryLane[];
  /** Folders that could not be read, with the reason. */
  unread: { folder: string; reason: string }[];
}

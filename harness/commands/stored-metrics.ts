/** A stored run and its result as what runs are compared by: fingerprint and metrics. */
import { fingerprintOf } from '../baseline/fingerprint-of.ts';
import { runMetrics } from '../baseline/run-metrics.ts';
import type { Fingerprint } from '../model/baseline.ts';
import type { Metric } from '../model/metric.ts';
import type { Result } from '../model/result.ts';
import type { RunFolder } from '../store.ts';
import { loadEvidence } from './load-evidence.ts';

export interface StoredMetrics {
  fingerprint: Fingerprint;
  metrics: Metric[];
}

export async function storedMetrics(run: RunFolder, result: Result): Promise<StoredMetrics> {
  const evidence = await loadEvidence(run);
  return {
    fingerprint: fingerprintOf(evidence.environment, run.config.profile),
    metrics: runMetrics(evidence, result.findings),
  };
}

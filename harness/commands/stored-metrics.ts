/** A stored run and its result as what runs are compared by: fingerprint and metrics. */
import { fingerprintOf } from '../baseline/fingerprint-of.ts';
import { gateMetrics } from '../baseline/gate-metrics.ts';
import { runMetrics } from '../baseline/run-metrics.ts';
import type { Fingerprint } from '../model/baseline.ts';
import type { Metric } from '../model/metric.ts';
import { policyGates } from '../model/policy-gates.ts';
import type { Result } from '../model/result.ts';
import type { Thresholds } from '../model/thresholds.ts';
import type { RunFolder } from '../store.ts';
import { loadEvidence } from './load-evidence.ts';

export interface StoredMetrics {
  fingerprint: Fingerprint;
  metrics: Metric[];
}

/** `thresholds`: with the figures that its gates hold against a baseline; absent: without. */
export async function storedMetrics(run: RunFolder, result: Result, thresholds?: Thresholds): Promise<StoredMetrics> {
  const evidence = await loadEvidence(run);
  const ofGates = thresholds === undefined ? [] : gateMetrics(evidence, policyGates(thresholds));
  return {
    fingerprint: fingerprintOf(evidence.environment, run.config.profile),
    metrics: [...runMetrics(evidence, result.findings), ...ofGates],
  };
}

/** What more would decide a percentile of latency, in samples and in time. */
import type { Evidence } from '../model/claim.ts';
import { fewestSamples } from '../statistics/fewest-samples.ts';
import { samplesToDecide } from '../statistics/samples-to-decide.ts';
import { sampledBlocksOf } from './blocks-of.ts';
import { type LatencyPercentile, type PercentileGate, latencyPercentile } from './latency-percentile.ts';
import { requestColumns } from './request-columns.ts';

export interface LatencyGate extends PercentileGate {
  minimumSamples: number;
}

/** Independent samples without which the percentile is never called below the limit: the policy's, or what the confidence needs. */
export function fewestIndependent({ minimumSamples, percentile, confidence }: LatencyGate): number {
  return Math.max(minimumSamples, fewestSamples(percentile / 100, confidence));
}

/** Further samples; null where no number would decide, or the correlation is unknown. */
export function samplesNeeded(
  { quantity, belowLimit, effective }: LatencyPercentile,
  gate: LatencyGate,
): number | null {
  if (effective === null) return null;
  return samplesToDecide({
    samples: quantity.samples,
    belowLimit,
    effectiveSamples: effective.effectiveSamples,
    level: gate.percentile / 100,
    confidence: gate.confidence,
    minimumEffectiveSamples: fewestIndependent(gate),
  });
}

/**
 * Further measured time that would decide, ms; null where time does not help: nothing was measured, or an artefact is missing.
 * Where the correlation cannot be told yet, or the estimate lies on the limit, as much again: then it can be told better.
 */
export function furtherTimeMs(evidence: Evidence, experimentId: string, gate: LatencyGate): number | null {
  const found = sampledBlocksOf(evidence, experimentId, []);
  if ('missing' in found) return null;
  const blocks = found.blocks.map((block) => requestColumns(block, 'rls'));
  const seen = latencyPercentile(blocks, gate);
  if (seen === null) return null;
  const measuredMs = blocks.reduce((total, { fromMs, toMs }) => total + toMs - fromMs, 0);
  const more = samplesNeeded(seen, gate);
  return more === null ? measuredMs : (more / seen.quantity.samples) * measuredMs;
}

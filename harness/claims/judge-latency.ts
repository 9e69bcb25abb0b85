/** Judges a percentile of latency: the interval below the limit holds, at or above it is broken, around it decides nothing. */
import type { Evidence } from '../model/claim.ts';
import type { EvidenceRow, Judgement } from '../model/finding.ts';
import { sampledBlocksOf } from './blocks-of.ts';
import { inconclusive } from './inconclusive.ts';
import { fewestIndependent, samplesNeeded, type LatencyGate } from './latency-needs.ts';
import { type LatencyPercentile, type PercentileGate, latencyPercentile } from './latency-percentile.ts';
import { confidenceText, numberText, roughText } from './number-text.ts';
import { type RequestColumns, endpointsOf, ofEndpoint, requestColumns } from './request-columns.ts';

/** Only the production arm counts. */
export function judgeLatency(evidence: Evidence, experimentId: string, gate: LatencyGate): Judgement {
  const found = sampledBlocksOf(evidence, experimentId, []);
  if ('missing' in found) return inconclusive(found.missing);
  const blocks = found.blocks.map((block) => requestColumns(block, 'rls'));
  const seen = latencyPercentile(blocks, gate);
  if (seen === null) {
    const reason = `No request of arm rls in the measured time of ${experimentId}.`;
    return inconclusive({ reason, needs: `at least ${gate.minimumSamples} requests` });
  }
  const rows = [...correlationRow(seen), ...endpointRows(blocks, gate)];
  return decide(seen, gate, { rows, ratePerSecond: rateOf(blocks, seen) });
}

function decide(
  seen: LatencyPercentile,
  gate: LatencyGate,
  beside: { rows: EvidenceRow[]; ratePerSecond: number },
): Judgement {
  const { quantity } = seen;
  const [lower, upper] = quantity.interval;
  const name = `p${gate.percentile}`;
  const sure = `with ${confidenceText(gate.confidence)} % confidence`;
  const limit = `the limit of ${numberText(gate.limit)} ms`;
  const evidence = beside.rows;
  const effective = quantity.effectiveSamples ?? 0;
  if (lower !== null && lower >= gate.limit) {
    const explanation = `${name} is ${numberText(quantity.value)} ms and ${sure} not below ${numberText(lower)} ms: over ${limit}.`;
    return { outcome: 'broken', quantity, evidence, explanation };
  }
  if (upper !== null && upper < gate.limit && effective >= fewestIndependent(gate)) {
    const explanation = `${name} is ${numberText(quantity.value)} ms and ${sure} at most ${numberText(upper)} ms: under ${limit}.`;
    return { outcome: 'holds', quantity, evidence, explanation };
  }
  const reason = `${name} is ${numberText(quantity.value)} ms, but ${whyUndecided(seen, gate)}.`;
  return inconclusive({ reason, needs: describeNeeds(seen, gate, beside.ratePerSecond), quantity, evidence });
}

function whyUndecided({ quantity, effective }: LatencyPercentile, gate: LatencyGate): string {
  if (effective === null) return 'the measured time is too short to see how its requests hang together';
  const worth = `${numberText(quantity.samples)} requests are worth ${numberText(Math.floor(effective.effectiveSamples))} independent ones`;
  const fewest = fewestIndependent(gate);
  if (effective.effectiveSamples < fewest) return `${worth}, fewer than ${fewest}`;
  return `its interval lies around the limit of ${numberText(gate.limit)} ms (${worth})`;
}

/** What more would decide, as a sentence has it. */
export function describeNeeds(seen: LatencyPercentile, gate: LatencyGate, ratePerSecond: number): string {
  if (seen.effective === null) return 'a measured time of at least six seconds';
  const more = samplesNeeded(seen, gate);
  if (more === null)
    return 'another limit, or another system: the estimate lies on the limit, and no number of samples would decide it';
  const seconds = roughText(more / ratePerSecond);
  return `about ${roughText(more)} more samples (about ${seconds} more seconds at the present ${numberText(ratePerSecond)} per second)`;
}

function rateOf(blocks: readonly RequestColumns[], { quantity }: LatencyPercentile): number {
  return (quantity.samples * 1000) / blocks.reduce((total, { fromMs, toMs }) => total + toMs - fromMs, 0);
}

function correlationRow({ quantity, effective, failed }: LatencyPercentile): EvidenceRow[] {
  const failures = failed === 0 ? '' : `; ${numberText(failed)} failed requests count as slower than the limit`;
  const note =
    effective === null
      ? 'not to be estimated from so few seconds'
      : `${numberText(Math.floor(effective.effectiveSamples))} of ${numberText(quantity.samples)}, from ${effective.batches} batches of ${effective.windowsPerBatch} s`;
  return [{ label: 'effective samples', note: note + failures }];
}

/** Each endpoint's own percentile: shown, not judged. */
function endpointRows(blocks: readonly RequestColumns[], gate: PercentileGate): EvidenceRow[] {
  return endpointsOf(blocks).flatMap((endpoint) => {
    const seen = latencyPercentile(
      blocks.map((block) => ofEndpoint(block, endpoint)),
      gate,
    );
    return seen === null ? [] : [{ label: endpoint, quantity: seen.quantity }];
  });
}

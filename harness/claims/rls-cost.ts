/** RLS-COST: what row-level security adds to latency, against an explicit filter, in pairs. */
import type { Claim, Evidence, MeasuredBlock } from '../model/claim.ts';
import type { Arm } from '../model/experiment.ts';
import type { EvidenceRow, Judgement } from '../model/finding.ts';
import type { SampledBlock } from '../model/measured-rows.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { blocksToDecide } from '../statistics/blocks-to-decide.ts';
import { bootstrapOverBlocks } from '../statistics/bootstrap-over-blocks.ts';
import { type Missing, sampledBlocksOf } from './blocks-of.ts';
import { inconclusive } from './inconclusive.ts';
import { type LatencyRatio, latencyRatio } from './latency-ratio.ts';
import { confidenceText, numberText, roughText } from './number-text.ts';
import { type PairedRequests, pairedRequests } from './paired-requests.ts';

type Gate = Thresholds['claims']['RLS-COST'];

const experimentId = 'rls-cost';
const bootstrapResamples = 2000;

export const rlsCost: Claim = {
  id: 'RLS-COST',
  promised: 1.25,
  title: 'Row-level security costs no more latency than the limit',
  failureTitle: 'Row-level security costs more latency than the limit',
  why: 'Isolation that is too dear is switched off. Against an explicit filter, because a filter is what would stand in its place.',
  source: ['RLS-COST', 'RIS-004'],
  experimentId,
  requires: ['samples', 'service'],
  decidesInInvalidRun: false,
  judge: (evidence, thresholds) => judge(evidence, thresholds.claims['RLS-COST']),
};

function judge(evidence: Evidence, gate: Gate): Judgement {
  const found = sampledBlocksOf(evidence, experimentId, ['service']);
  if ('missing' in found) return inconclusive(found.missing);
  const wrong = wrongMode(found.blocks);
  if (wrong !== null) return inconclusive(wrong);
  const pairs = found.blocks.map((block) => pairedRequests(block, { of: 'rls', against: 'filter' }));
  const unpaired = found.blocks[pairs.findIndex((block) => block.logRatios.length === 0)];
  if (unpaired !== undefined) {
    const reason = `Block ${unpaired.measurement.block} of ${experimentId} has no pair of the arms rls and filter.`;
    return inconclusive({ reason, needs: 'a run in which both arms answer in every block' });
  }
  const ratio = latencyRatio(pairs, gate.confidence);
  if (ratio === null) return inconclusive({ reason: 'No pairs of requests.', needs: `${gate.minimumSamples} pairs` });
  return decide(ratio, gate, evidenceRows(found.blocks, pairs, ratio, gate.confidence));
}

function decide(ratio: LatencyRatio, gate: Gate, evidence: EvidenceRow[]): Judgement {
  const { quantity } = ratio;
  const [lower, upper] = quantity.interval;
  const blocks = ratio.blockMedians.length;
  const seen = `A request with row-level security takes ${numberText(quantity.value)} times as long as with the explicit filter`;
  const few = tooFew(quantity.samples, blocks, gate);
  if (few !== null)
    return inconclusive({ reason: `${seen}, but ${few.reason}.`, needs: few.needs, quantity, evidence });
  const sure = `with ${confidenceText(gate.confidence)} % confidence`;
  const basis = `over ${blocks} blocks and ${numberText(quantity.samples)} pairs; limit ${numberText(gate.limit)}`;
  if (lower !== null && lower > gate.limit) {
    const explanation = `${seen}, ${sure} at least ${numberText(lower)} times, ${basis}.`;
    return { outcome: 'broken', quantity, evidence, explanation };
  }
  if (upper !== null && upper <= gate.limit) {
    const explanation = `${seen}, ${sure} at most ${numberText(upper)} times, ${basis}.`;
    return { outcome: 'holds', quantity, evidence, explanation };
  }
  return inconclusive({
    reason: `${seen}, but the interval lies around the limit of ${numberText(gate.limit)} (${basis}).`,
    needs: describeNeeds(ratio, gate),
    quantity,
    evidence,
  });
}

/** The arms are what they are called only if the services say so themselves. */
function wrongMode(blocks: readonly MeasuredBlock[]): Missing | null {
  for (const { measurement } of blocks) {
    const { service } = measurement.artefacts;
    const modeOf = (arm: Arm) => (service.ok ? service.value.find((one) => one.arm === arm)?.mode : undefined);
    const wrong = (['rls', 'filter'] as const).find((arm) => modeOf(arm) !== arm);
    if (wrong === undefined) continue;
    const said = modeOf(wrong);
    return {
      reason: `Arm ${wrong} of block ${measurement.block} ${said === undefined ? 'did not report its mode' : `reports mode ${said}`}.`,
      needs: 'a run in which every arm runs in its own mode',
    };
  }
  return null;
}

function tooFew(pairs: number, blocks: number, gate: Gate): Missing | null {
  if (blocks < gate.minimumBlocks) {
    return {
      reason: `${blocks} blocks are fewer than the ${gate.minimumBlocks} it is judged by`,
      needs: `${gate.minimumBlocks - blocks} more blocks`,
    };
  }
  if (pairs >= gate.minimumSamples) return null;
  return {
    reason: `${pairs} pairs are fewer than the ${gate.minimumSamples} it is judged by`,
    needs: `${gate.minimumSamples - pairs} more pairs`,
  };
}

function describeNeeds({ logs, blockMedians }: LatencyRatio, gate: Gate): string {
  const { mean, deviation } = logs;
  const blocks = blockMedians.length;
  const more = blocksToDecide({ mean, deviation, blocks, limit: Math.log(gate.limit), confidence: gate.confidence });
  if (more === null) return 'another limit, or another system: the estimate lies on the limit';
  return `about ${roughText(Math.max(1, more))} more blocks`;
}

function evidenceRows(
  blocks: readonly SampledBlock[],
  pairs: readonly PairedRequests[],
  ratio: LatencyRatio,
  confidence: number,
): EvidenceRow[] {
  const endpoints = [...new Set(pairs.flatMap((block) => block.endpoint))].sort();
  const rows = endpoints.flatMap((endpoint): EvidenceRow[] => {
    const one = latencyRatio(pairs, confidence, endpoint);
    return one === null ? [] : [{ label: endpoint, quantity: one.quantity }];
  });
  const bare = latencyRatio(
    blocks.map((block) => pairedRequests(block, { of: 'rls', against: 'bare' })),
    confidence,
  );
  if (bare !== null) {
    const note = 'against a service without transaction and tenant context';
    rows.push({ label: 'all endpoints, against bare', quantity: bare.quantity, note });
  }
  return [...rows, bootstrapRow(ratio, confidence), unpairedRow(pairs)];
}

/** Shown for comparison only: block-mean-interval.ts says why it is not what decides. */
function bootstrapRow({ blockMedians }: LatencyRatio, confidence: number): EvidenceRow {
  const bounds = bootstrapOverBlocks({ blocks: blockMedians, confidence, resamples: bootstrapResamples, seed: 1 });
  const [lower, upper] = bounds.map((bound) => (bound === null ? 'unbounded' : numberText(Math.exp(bound))));
  return { label: 'bootstrap over blocks, for comparison', note: `${lower} to ${upper}; too narrow with few blocks` };
}

function unpairedRow(pairs: readonly PairedRequests[]): EvidenceRow {
  const unpaired = pairs.reduce((total, block) => total + block.unpaired, 0);
  return {
    label: 'requests left out',
    note: `${numberText(unpaired)} without a successful partner in the measured time`,
  };
}

/** CMP-ENDPOINT: the typical latency of each endpoint, the candidate against the base; the worst decides. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { Judgement } from '../model/finding.ts';
import { measuredRows } from '../model/measured-rows.ts';
import type { ComparisonGate } from '../model/thresholds.ts';
import { sampledBlocksOf } from './blocks-of.ts';
import { type ComparedFigure, comparedFigure } from './compared-figure.ts';
import type { ComparedPairs } from './compared-pairs.ts';
import { comparedBlocks, comparisonId, guardsThatHide } from './comparison-blocks.ts';
import { inconclusive } from './inconclusive.ts';
import { judgeFigures } from './judge-figures.ts';
import { latencyEffect } from './latency-effect.ts';

export const cmpEndpoint: Claim = {
  id: 'CMP-ENDPOINT',
  promised: null,
  title: 'No endpoint of the candidate is slower than in the base by more than the margin',
  failureTitle: 'An endpoint of the candidate is slower than in the base',
  why: 'One endpoint may double its latency and hardly move the median of all.',
  source: ['COMPARE'],
  experimentId: comparisonId,
  requires: ['samples'],
  decidesInInvalidRun: false,
  brokenDespite: guardsThatHide,
  judge: (evidence, thresholds) => judge(evidence, thresholds.claims['CMP-ENDPOINT']),
};

function judge(evidence: Evidence, gate: ComparisonGate): Judgement {
  const found = comparedBlocks(evidence);
  if ('missing' in found) return inconclusive(found.missing);
  const figures = endpointFigures(found.blocks, gate);
  const unusable = askedEndpoints(evidence).filter((asked) => !figures.some(({ endpoint }) => endpoint === asked));
  const judgement = judgeFigures({
    figures: figures.map(({ endpoint, figure }) => ({ subject: `${endpoint} of the candidate`, figure })),
    gate,
    say: (subject, amount) => `${subject} takes ${amount} times as long as that of the base`,
    evidence: [
      ...figures.map(({ endpoint, figure: { quantity, outcome } }) => ({ label: endpoint, quantity, outcome })),
      ...unusable.map((label) => ({ label, outcome: 'inconclusive' as const, note: 'no usable pair' })),
    ],
    samplesAre: 'pairs',
  });
  if (judgement.outcome === 'broken' || unusable.length === 0) return judgement;
  const { quantity, evidence: rows = [] } = judgement;
  return inconclusive({
    reason: `No pair of ${unusable.join(', ')} was answered by both builds in both orders: nothing is known of its latency.`,
    needs: `a run in which both builds answer ${unusable.join(', ')}`,
    ...(quantity === undefined ? {} : { quantity }),
    evidence: rows,
  });
}

/** All that were asked in pairs, answered or not: one that only fails has no latency, and must not be left out for that. */
function askedEndpoints(evidence: Evidence): string[] {
  const found = sampledBlocksOf(evidence, comparisonId, []);
  if ('missing' in found) return [];
  const asked = new Set<string>();
  for (const block of found.blocks) {
    const { arm, arms, endpoint, endpoints, pair } = block.samples;
    const compared = arms.map((each) => each === 'base' || each === 'candidate');
    for (const row of measuredRows(block)) {
      const isPaired = (pair[row] ?? -1) >= 0 && compared[arm[row] ?? -1] === true;
      if (isPaired) asked.add(endpoints[endpoint[row] ?? 0] ?? '');
    }
  }
  return [...asked].sort();
}

/** Endpoints, bursts among them, share the chance of a false alarm in equal parts (Bonferroni): each interval then stands for itself. */
export function endpointFigures(
  blocks: readonly ComparedPairs[],
  gate: ComparisonGate,
): { endpoint: string; figure: ComparedFigure }[] {
  const endpoints = [...new Set(blocks.flatMap(({ endpoint }) => endpoint))].sort();
  return endpoints.flatMap((endpoint) => {
    const values = blocks.flatMap((pairs) => latencyEffect(pairs, (index) => pairs.endpoint[index] === endpoint) ?? []);
    if (values.length === 0) return [];
    const samples = blocks.reduce((total, pairs) => total + pairs.endpoint.filter((one) => one === endpoint).length, 0);
    return { endpoint, figure: comparedFigure({ values, gate, samples, sharedBy: endpoints.length }) };
  });
}

/** CMP-ENDPOINT: the typical latency of each endpoint, the candidate against the base; the worst decides. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { Judgement } from '../model/finding.ts';
import type { ComparisonGate } from '../model/thresholds.ts';
import { type ComparedFigure, comparedFigure } from './compared-figure.ts';
import type { ComparedPairs } from './compared-pairs.ts';
import { comparedBlocks, comparisonId } from './comparison-blocks.ts';
import { inconclusive } from './inconclusive.ts';
import { judgeFigures } from './judge-figures.ts';
import { latencyEffect } from './latency-effect.ts';

export const cmpEndpoint: Claim = {
  id: 'CMP-ENDPOINT',
  promised: null,
  title: 'No endpoint of the candidate is slower than in the base',
  failureTitle: 'An endpoint of the candidate is slower than in the base',
  why: 'One endpoint may double its latency and hardly move the median of all.',
  source: ['COMPARE'],
  experimentId: comparisonId,
  requires: ['samples'],
  decidesInInvalidRun: false,
  judge: (evidence, thresholds) => judge(evidence, thresholds.claims['CMP-ENDPOINT']),
};

function judge(evidence: Evidence, gate: ComparisonGate): Judgement {
  const found = comparedBlocks(evidence);
  if ('missing' in found) return inconclusive(found.missing);
  const figures = endpointFigures(found.blocks, gate);
  return judgeFigures({
    figures: figures.map(({ endpoint, figure }) => ({ subject: `${endpoint} of the candidate`, figure })),
    gate,
    say: (subject, amount) => `${subject} takes ${amount} times as long as that of the base`,
    evidence: figures.map(({ endpoint, figure: { quantity, outcome } }) => ({ label: endpoint, quantity, outcome })),
    samplesAre: 'pairs',
  });
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

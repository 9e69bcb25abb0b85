/** CMP-CONNECTIONS: connections that stay in use after the load, and how many of 100 requests wait for one; candidate less base. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { Judgement } from '../model/finding.ts';
import type { ComparisonGate } from '../model/thresholds.ts';
import { comparedFigure } from './compared-figure.ts';
import { comparisonId, guardsThatHide } from './comparison-blocks.ts';
import { type CostPair, costPairs } from './cost-figure.ts';
import { inconclusive } from './inconclusive.ts';
import { judgeFigures } from './judge-figures.ts';

const parts = [
  {
    name: 'connectionsInUseAtEnd',
    what: 'its connections in use',
    subject: 'The number of connections in use after the load',
    amountOf: ({ amount }: CostPair['base']) => amount,
    tolerance: 1,
  },
  {
    name: 'poolWaits',
    what: 'how many requests wait for a connection',
    subject: 'The number of 100 requests that find every connection in use',
    amountOf: ({ amount, requests }: CostPair['base']) => (100 * amount) / Math.max(1, requests),
    // A pause of the machine lets some requests wait, in one build or the other; a connection that is kept is one too many.
    tolerance: 4,
  },
] as const;

export const cmpConnections: Claim = {
  id: 'CMP-CONNECTIONS',
  promised: null,
  title: 'The candidate does not keep connections, or wait for them, by more than the margin',
  failureTitle: 'The candidate keeps connections, or has too few of them',
  why: 'A leak or a pool that is too small shows in no latency until the day when it is all that anybody sees.',
  source: ['COMPARE'],
  experimentId: comparisonId,
  requires: ['costs'],
  decidesInInvalidRun: false,
  brokenDespite: guardsThatHide,
  judge: (evidence, thresholds) => judge(evidence, thresholds.claims['CMP-CONNECTIONS']),
};

function judge(evidence: Evidence, strictest: ComparisonGate): Judgement {
  const figures = [];
  for (const { name, what, subject, amountOf, tolerance } of parts) {
    const gate = { ...strictest, margin: tolerance * strictest.margin };
    const found = costPairs(evidence, name, what);
    if ('missing' in found) return inconclusive(found.missing);
    const values = found.pairs.map(({ base, candidate }) => amountOf(candidate) - amountOf(base));
    const figure = comparedFigure({ values, gate, samples: values.length, sharedBy: parts.length });
    figures.push({ subject, figure, gate });
  }
  const judgement = judgeFigures({
    figures,
    gate: strictest,
    say: (subject, amount) => `${subject} differs by ${amount} from that of the base`,
    evidence: figures.map(({ subject, figure: { quantity, outcome } }) => ({ label: subject, quantity, outcome })),
    samplesAre: 'readings of each',
  });
  const worst = figures.find(({ figure }) => figure.quantity === judgement.quantity);
  if (worst === undefined) return judgement;
  const { limit, margin } = worst.gate;
  return { ...judgement, bounds: { limit, margin } };
}

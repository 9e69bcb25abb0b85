/** Judges what a request of the candidate costs against one of the base, as a ratio, block by block. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { EvidenceRow, Judgement } from '../model/finding.ts';
import type { ComparisonClaimId, ComparisonGate, Thresholds } from '../model/thresholds.ts';
import { comparedFigure } from './compared-figure.ts';
import { comparisonId } from './comparison-blocks.ts';
import { type CostPair, costPairs } from './cost-figure.ts';
import { inconclusive } from './inconclusive.ts';
import { judgeFigures } from './judge-figures.ts';
import { numberText } from './number-text.ts';

export interface Cost {
  id: ComparisonClaimId;
  name: Parameters<typeof costPairs>[1];
  /** As an object: "its CPU time". */
  what: string;
  /** As in "takes 1.050 times the CPU time of". */
  takes: string;
  /** What the counter counts by; both sides get one more, so that nothing is divided by nothing. */
  step: number;
  /** How a request's share is shown: value times `scale`, with this unit. */
  shown: { scale: number; unit: string };
}

export function costClaim(cost: Cost, told: Pick<Claim, 'title' | 'failureTitle' | 'why'>): Claim {
  return {
    id: cost.id,
    promised: null,
    ...told,
    source: ['COMPARE'],
    experimentId: comparisonId,
    requires: ['costs'],
    decidesInInvalidRun: false,
    judge: (evidence, thresholds: Thresholds) => judge(evidence, cost, thresholds.claims[cost.id]),
  };
}

function judge(evidence: Evidence, cost: Cost, gate: ComparisonGate): Judgement {
  const found = costPairs(evidence, cost.name, cost.what);
  if ('missing' in found) return inconclusive(found.missing);
  const { pairs } = found;
  if (pairs.some(({ base, candidate }) => base.requests === 0 || candidate.requests === 0)) {
    const reason = 'A build answered no request in one of the blocks.';
    return inconclusive({ reason, needs: 'a run in which both builds answer in every block' });
  }
  const samples = pairs.reduce((total, { candidate }) => total + candidate.requests, 0);
  const values = pairs.map((pair) => logCostRatio(pair, cost.step));
  return judgeFigures({
    figures: [{ subject: 'A request to the candidate', figure: comparedFigure({ values, gate, samples }) }],
    gate,
    say: (subject, amount) => `${subject} takes ${amount} times the ${cost.takes} of one to the base`,
    evidence: [perRequestRow(pairs, cost)],
    samplesAre: 'requests',
  });
}

export function logCostRatio({ base, candidate }: CostPair, step: number): number {
  return Math.log((candidate.amount + step) / candidate.requests) - Math.log((base.amount + step) / base.requests);
}

function perRequestRow(pairs: readonly CostPair[], { shown: { scale, unit } }: Cost): EvidenceRow {
  const mean = (arm: keyof CostPair) => {
    const total = (key: 'amount' | 'requests') => pairs.reduce((sum, pair) => sum + pair[arm][key], 0);
    return numberText((scale * total('amount')) / total('requests'));
  };
  return { label: 'per request', note: `base ${mean('base')} ${unit}, candidate ${mean('candidate')} ${unit}` };
}

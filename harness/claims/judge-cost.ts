/** Judges what a request of the candidate costs against one of the base, as a ratio, block by block. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { EvidenceRow, Judgement } from '../model/finding.ts';
import type { ComparisonClaimId, ComparisonGate, Thresholds } from '../model/thresholds.ts';
import { comparedFigure } from './compared-figure.ts';
import { comparisonId, guardsThatHide } from './comparison-blocks.ts';
import { type CostPair, costPairs } from './cost-figure.ts';
import { inconclusive } from './inconclusive.ts';
import { judgeFigures } from './judge-figures.ts';
import { numberText } from './number-text.ts';
import type { Missing } from './blocks-of.ts';

export interface Cost {
  id: ComparisonClaimId;
  name: Parameters<typeof costPairs>[1];
  /** As an object: "its CPU time". */
  what: string;
  /** As in "takes 1.050 times the CPU time of". */
  takes: string;
  /** What the counter counts by; both sides get one more, so that a count of few is not taken for an exact one. */
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
    brokenDespite: guardsThatHide,
    judge: (evidence, thresholds: Thresholds) => judge(evidence, cost, thresholds.claims[cost.id]),
  };
}

function judge(evidence: Evidence, cost: Cost, gate: ComparisonGate): Judgement {
  const found = costPairs(evidence, cost.name, cost.what);
  if ('missing' in found) return inconclusive(found.missing);
  const { pairs } = found;
  const unusable = pairs.map((pair) => unusableCount(pair, cost)).find((each) => each !== null) ?? unequalCounts(pairs);
  if (unusable !== null) return inconclusive({ ...unusable, evidence: [perRequestRow(pairs, cost)] });
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

/** Both builds are sent the same, and each counts for itself: one that counts otherwise would be divided by something else. */
const mostUnequal = 0.02;
/** In one block: a burst that begins or ends with the measured time is counted by the build that is read a moment later. */
const mostUnequalInBlock = 0.1;

/** What counts that cannot be right would say of a request: nothing. */
function unusableCount({ block, base, candidate }: CostPair, { what }: Cost): Missing | null {
  if (base.requests === 0 || candidate.requests === 0) {
    const reason = `A build answered no request in block ${block}.`;
    return { reason, needs: 'a run in which both builds answer in every block' };
  }
  const where = ` in block ${block}`;
  const unequal = unequalCount({ base: base.requests, candidate: candidate.requests }, mostUnequalInBlock, where);
  if (unequal !== null) return unequal;
  if (base.amount > 0 && candidate.amount > 0) return null;
  const silent = base.amount > 0 ? 'candidate' : 'base';
  const reason = `The ${silent} counted nothing of ${what} in block ${block}, for all its requests: that is no count.`;
  return { reason, needs: `builds that tell ${what}` };
}

function unequalCounts(pairs: readonly CostPair[]): Missing | null {
  const total = (arm: 'base' | 'candidate') => pairs.reduce((sum, pair) => sum + pair[arm].requests, 0);
  return unequalCount({ base: total('base'), candidate: total('candidate') }, mostUnequal, '');
}

function unequalCount(counts: { base: number; candidate: number }, most: number, where: string): Missing | null {
  const { base, candidate } = counts;
  if (Math.abs(base - candidate) <= most * Math.max(base, candidate)) return null;
  const told = `the base counted ${numberText(base)} requests and the candidate ${numberText(candidate)}`;
  return {
    reason: `Both builds were sent the same${where}, but ${told}: a cost is not to be divided by that.`,
    needs: `builds whose counts of requests differ by at most ${numberText(100 * most)} %`,
  };
}

function logCostRatio({ base, candidate }: CostPair, step: number): number {
  return Math.log((candidate.amount + step) / candidate.requests) - Math.log((base.amount + step) / base.requests);
}

function perRequestRow(pairs: readonly CostPair[], { shown: { scale, unit } }: Cost): EvidenceRow {
  const mean = (arm: 'base' | 'candidate') => {
    const total = (key: 'amount' | 'requests') => pairs.reduce((sum, pair) => sum + pair[arm][key], 0);
    return numberText((scale * total('amount')) / total('requests'));
  };
  return { label: 'per request', note: `base ${mean('base')} ${unit}, candidate ${mean('candidate')} ${unit}` };
}

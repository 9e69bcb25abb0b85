/** CMP-TENANT: the median latency of each tenant, the candidate against the base; the worst decides. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { EvidenceRow, Judgement } from '../model/finding.ts';
import type { ComparisonGate } from '../model/thresholds.ts';
import type { Missing } from './blocks-of.ts';
import type { ComparedFigure } from './compared-figure.ts';
import type { ComparedPairs } from './compared-pairs.ts';
import { comparedBlocks, comparisonId, guardsThatHide } from './comparison-blocks.ts';
import { inconclusive } from './inconclusive.ts';
import { amountText, judgeFigures } from './judge-figures.ts';
import { numberText, roughText } from './number-text.ts';
import { medianRatio } from '../statistics/median-ratio.ts';
import { logShareEValue } from '../statistics/share-e-value.ts';

export const cmpTenant: Claim = {
  id: 'CMP-TENANT',
  promised: null,
  title: 'No tenant is served more slowly than by the base by more than the margin',
  failureTitle: 'A tenant is served more slowly than by the base',
  why: 'A plan or a lock that hurts one tenant is lost among the requests of all others.',
  source: ['COMPARE'],
  experimentId: comparisonId,
  requires: ['samples'],
  decidesInInvalidRun: false,
  brokenDespite: guardsThatHide,
  judge: (evidence, thresholds) => judge(evidence, thresholds.claims['CMP-TENANT']),
};

/** Rank of the tenants that have too few requests each, taken together. */
const others = -1;
const mostShown = 5;

function judge(evidence: Evidence, gate: ComparisonGate): Judgement {
  const found = comparedBlocks(evidence);
  if ('missing' in found) return inconclusive(found.missing);
  const { blocks } = found;
  if (blocks.every(({ tenant }) => tenant.every((rank) => rank < 0))) {
    return inconclusive({
      reason: 'The samples do not tell for which tenant a request was.',
      needs: 'a load that tells the tenant of each request',
    });
  }
  const { figures, pooled, fewest } = tenantFigures(blocks, gate);
  const worst = figures.toSorted((a, b) => b.figure.quantity.value - a.figure.quantity.value).slice(0, mostShown);
  const rows = worst.map(({ subject, figure: { quantity, outcome } }): EvidenceRow => {
    return { label: subject, quantity, outcome };
  });
  const judgement = judgeFigures({
    figures,
    gate,
    say: (subject, amount) => `${subject} waits ${amount} times as long for the candidate as for the base`,
    evidence: [...rows, pooledRow(figures.length, pooled, gate)],
    samplesAre: 'pairs',
  });
  if (judgement.outcome === 'broken' || pooled === 0) return judgement;
  const { quantity, evidence: told = [] } = judgement;
  const seen = { ...(quantity === undefined ? {} : { quantity }), evidence: told };
  return inconclusive({ ...tooFewText(pooled, fewest, blocks.length), ...seen });
}

/** The median of several tenants says nothing of each: one that is slow is lost among them. */
function tooFewText(pooled: number, { pairs, wanted }: Fewest, blocks: number): Missing {
  const of = pooled === 1 ? '1 tenant has' : `${numberText(pooled)} tenants have`;
  const reason = `${of} too few pairs to be judged each by itself (${numberText(pairs)} where ${numberText(wanted)} are needed); what is known of them together is known of none.`;
  const more = Math.max(1, Math.ceil((blocks * wanted) / Math.max(1, pairs)) - blocks);
  return {
    reason,
    needs: `about ${roughText(more)} more ${more === 1 ? 'block' : 'blocks'}, more load, or fewer tenants`,
  };
}

/** What the pooled tenant with the fewest pairs has, and what it would have to have. */
interface Fewest {
  pairs: number;
  wanted: number;
}

/** Tenants share the chance of a false alarm in equal parts (Bonferroni), the pooled ones as one. */
export function tenantFigures(blocks: readonly ComparedPairs[], gate: ComparisonGate) {
  const ratios = new Map<number, number[]>();
  for (const { tenant, baseMs, candidateMs } of blocks) {
    tenant.forEach((rank, index) => {
      const one = ratios.get(rank) ?? [];
      one.push((candidateMs[index] ?? Number.NaN) / (baseMs[index] ?? Number.NaN));
      ratios.set(rank, one);
    });
  }
  const wanted = fewestPairs(ratios.size, gate);
  const few = [...ratios].filter(([rank, values]) => rank < 0 || values.length < wanted);
  for (const [rank] of few) ratios.delete(rank);
  if (few.length > 0)
    ratios.set(
      others,
      few.flatMap(([, values]) => values),
    );
  const sharedBy = ratios.size;
  const figures = [...ratios].map(([rank, values]) => ({
    subject: rank === others ? 'The tenants with few requests, together,' : `The tenant of rank ${rank}`,
    figure: tenantFigure(values, { gate, sharedBy, blocks: blocks.length }),
  }));
  const fewest: Fewest = { pairs: Math.min(...few.map(([, values]) => values.length)), wanted };
  return { figures, pooled: few.length, fewest };
}

/** With fewer, no outcome of the pairs would show that a tenant is slower, and hardly one that it is not. */
export function fewestPairs(tenants: number, { falseAlarm }: Pick<ComparisonGate, 'falseAlarm'>): number {
  let pairs = 1;
  while (logShareEValue(pairs, pairs) < Math.log(tenants / falseAlarm)) pairs += 1;
  return pairs;
}

/**
 * Unlike a process that is slow for a block, what makes a single tenant slow has nothing to do with the block, and a tenant has few pairs in
 * each: so its pairs are what is counted, each being over the limit or not.
 */
function tenantFigure(
  values: readonly number[],
  { gate, sharedBy, blocks }: { gate: ComparisonGate; sharedBy: number; blocks: number },
): ComparedFigure {
  const lowerError = gate.falseAlarm / sharedBy;
  const { ratio, lower, upper } = medianRatio({ values, lowerError, upperError: gate.falsePass });
  const enough = blocks >= gate.minimumBlocks;
  const broken = enough && lower !== null && lower > gate.limit;
  const holds = enough && upper !== null && upper <= gate.margin;
  return {
    outcome: broken ? 'broken' : holds ? 'holds' : 'inconclusive',
    quantity: {
      value: ratio,
      unit: 'ratio',
      direction: 'lower-is-better',
      samples: values.length,
      interval: [lower, upper],
      confidence: 1 - Math.max(gate.falseAlarm, gate.falsePass),
    },
    blocks,
    further: broken || holds ? 0 : Math.max(1, gate.minimumBlocks - blocks, Math.ceil(blocks / 4)),
  };
}

function pooledRow(judged: number, pooled: number, gate: ComparisonGate): EvidenceRow {
  const note =
    pooled === 0
      ? `${numberText(judged)} tenants, each by itself`
      : `${numberText(judged - 1)} tenants each by itself; ${numberText(pooled)} with fewer pairs than could show ${amountText(gate.limit, gate.unit)} are taken together`;
  return { label: 'tenants', note };
}

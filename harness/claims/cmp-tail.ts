/** CMP-TAIL: the 99th percentile of latency, the candidate against the base. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { EvidenceRow, Judgement } from '../model/finding.ts';
import type { Quantity } from '../model/quantity.ts';
import type { ComparisonGate } from '../model/thresholds.ts';
import { furtherBlocks } from '../statistics/further-blocks.ts';
import { looksUpTo, wantedT } from '../statistics/planned-looks.ts';
import { tailRatio } from '../statistics/tail-ratio.ts';
import { armPercentile } from './arm-percentile.ts';
import { type ComparedFigure, decideBounds } from './compared-figure.ts';
import type { ComparedPairs } from './compared-pairs.ts';
import { comparedBlocks, comparisonId, singleRequests } from './comparison-blocks.ts';
import { inconclusive } from './inconclusive.ts';
import { judgeFigures } from './judge-figures.ts';

const level = 0.99;

export const cmpTail: Claim = {
  id: 'CMP-TAIL',
  promised: null,
  title: 'The candidate is as quick as the base at the p99',
  failureTitle: 'The candidate is slower than the base at the p99',
  why: 'A page is made of many requests: most users meet a p99 in every session.',
  source: ['COMPARE'],
  experimentId: comparisonId,
  requires: ['samples'],
  decidesInInvalidRun: false,
  judge: (evidence, thresholds) => judge(evidence, thresholds.claims['CMP-TAIL']),
};

function judge(evidence: Evidence, gate: ComparisonGate): Judgement {
  const found = comparedBlocks(evidence);
  if ('missing' in found) return inconclusive(found.missing);
  const blocks = found.blocks.map(singleRequests);
  if (blocks.every(({ endpoint }) => endpoint.length === 0)) {
    return inconclusive({ reason: 'No request was sent by itself.', needs: 'a load of single requests' });
  }
  return judgeFigures({
    figures: [{ subject: 'The p99 of the candidate', figure: tailFigure(blocks, gate) }],
    gate,
    say: (subject, amount) => `${subject} is ${amount} times that of the base`,
    evidence: [armPercentile(blocks, level), armPercentile(blocks, 0.95), p95Row(blocks, gate)],
    samplesAre: 'pairs of single requests',
  });
}

function tailFigure(blocks: readonly ComparedPairs[], gate: ComparisonGate): ComparedFigure {
  const quantity = tailQuantity(blocks, gate, level);
  const count = blocks.length;
  const outcome = decideBounds(quantity.interval, gate, count);
  return { outcome, quantity, blocks: count, further: furtherOf(quantity, gate, { outcome, count }) };
}

function p95Row(blocks: readonly ComparedPairs[], gate: ComparisonGate): EvidenceRow {
  return { label: 'p95', quantity: tailQuantity(blocks, gate, 0.95), note: 'shown only' };
}

function tailQuantity(blocks: readonly ComparedPairs[], gate: ComparisonGate, percentile: number): Quantity {
  const { falseAlarm, falsePass } = gate;
  const seen = tailRatio({ blocks, level: percentile, lowerError: falseAlarm, upperError: falsePass });
  return {
    value: seen.ratio,
    unit: 'ratio',
    direction: 'lower-is-better',
    samples: blocks.reduce((total, { endpoint }) => total + endpoint.length, 0),
    effectiveSamples: blocks.length,
    interval: [seen.lower, seen.upper],
    confidence: 1 - Math.max(falseAlarm, falsePass),
  };
}

/** In logarithms an interval is about even; its width at the last look tells how much blocks vary. */
function furtherOf(
  { value, interval: [lower, upper] }: Quantity,
  { limit, margin, minimumBlocks, falseAlarm, falsePass }: ComparisonGate,
  { outcome, count }: { outcome: ComparedFigure['outcome']; count: number },
): number | null {
  if (outcome !== 'inconclusive') return 0;
  const last = looksUpTo(count, 'late').at(-1);
  if (count < minimumBlocks || last === undefined) return Math.max(1, minimumBlocks - count);
  const half = upper === null ? Math.log(value / (lower ?? value / margin)) : Math.log(upper / value);
  const deviation = (Math.abs(half) * Math.sqrt(last.blocks)) / wantedT(last, upper === null ? falseAlarm : falsePass);
  const errors = { lowerError: falseAlarm, upperError: falsePass };
  const seen = { mean: Math.log(value), deviation };
  const scale = { limit: Math.log(limit), margin: Math.log(margin), spending: 'late' as const };
  return furtherBlocks({ seen, blocks: count, ...scale, ...errors });
}

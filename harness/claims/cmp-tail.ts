/** CMP-TAIL: the high percentiles of latency up to the 99th, the candidate against the base. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { Judgement } from '../model/finding.ts';
import type { Quantity } from '../model/quantity.ts';
import type { ComparisonGate } from '../model/thresholds.ts';
import { furtherBlocks } from '../statistics/further-blocks.ts';
import { looksUpTo, wantedT } from '../statistics/planned-looks.ts';
import { tailRatio } from '../statistics/tail-ratio.ts';
import { armPercentile } from './arm-percentile.ts';
import { type ComparedFigure, decideBounds } from './compared-figure.ts';
import type { ComparedPairs } from './compared-pairs.ts';
import { comparedBlocks, comparisonId, guardsThatHide, singleRequests } from './comparison-blocks.ts';
import { inconclusive } from './inconclusive.ts';
import { judgeFigures } from './judge-figures.ts';

/**
 * The p99 is what is promised; what slows two requests of a hundred down to what the slowest one takes anyway shows at the percentiles below it.
 */
export const tailLevels = [0.99, 0.98, 0.95] as const;

export const cmpTail: Claim = {
  id: 'CMP-TAIL',
  promised: null,
  title: 'The candidate’s slow requests, up to the p99, are not slower than the base’s by more than the margin',
  failureTitle: 'The candidate’s slow requests, up to the p99, are slower than the base’s',
  why: 'A page is made of many requests: most users meet a p99 in every session.',
  source: ['COMPARE'],
  experimentId: comparisonId,
  requires: ['samples'],
  decidesInInvalidRun: false,
  brokenDespite: guardsThatHide,
  judge: (evidence, thresholds) => judge(evidence, thresholds.claims['CMP-TAIL']),
};

function judge(evidence: Evidence, gate: ComparisonGate): Judgement {
  const found = comparedBlocks(evidence);
  if ('missing' in found) return inconclusive(found.missing);
  const blocks = found.blocks.map(singleRequests);
  if (blocks.every(({ endpoint }) => endpoint.length === 0)) {
    return inconclusive({ reason: 'No request was sent by itself.', needs: 'a load of single requests' });
  }
  const figures = tailLevels.map((level) => ({
    level,
    subject: `The ${percentileName(level)} of the candidate`,
    figure: tailFigure(blocks, gate, level),
  }));
  return judgeFigures({
    figures,
    gate,
    say: (subject, amount) => `${subject} is ${amount} times that of the base`,
    evidence: figures.flatMap(({ level, figure: { quantity, outcome } }) => [
      { label: percentileName(level), quantity, outcome },
      armPercentile(blocks, level),
    ]),
    samplesAre: 'pairs of single requests',
  });
}

function percentileName(level: number): string {
  return `p${Math.round(100 * level)}`;
}

/** The percentiles share the chance of a false alarm in equal parts. */
function tailFigure(blocks: readonly ComparedPairs[], whole: ComparisonGate, level: number): ComparedFigure {
  const gate = { ...whole, falseAlarm: whole.falseAlarm / tailLevels.length };
  const quantity = tailQuantity(blocks, gate, level);
  const count = blocks.length;
  const outcome = decideBounds(quantity.interval, gate, count);
  return { outcome, quantity, blocks: count, further: furtherOf(quantity, gate, { outcome, count }) };
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

/** CMP-TAIL: the high percentiles of latency up to the 99th, the candidate against the base. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { Judgement } from '../model/finding.ts';
import type { Quantity } from '../model/quantity.ts';
import type { ComparisonGate } from '../model/thresholds.ts';
import { furtherBlocks } from '../statistics/further-blocks.ts';
import { looksUpTo, nextLook, wantedT } from '../statistics/planned-looks.ts';
import type { PairedLatencies } from '../statistics/tail-differences.ts';
import { tailRatio, testTail } from '../statistics/tail-ratio.ts';
import { armPercentile } from './arm-percentile.ts';
import type { ComparedFigure } from './compared-figure.ts';
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

function tailFigure(blocks: readonly ComparedPairs[], whole: ComparisonGate, level: number): ComparedFigure {
  const gate = shareOf(whole);
  const count = blocks.length;
  const outcome = tailOutcome(blocks, whole, level);
  const quantity = tailQuantity(blocks, gate, { level, outcome });
  return { outcome, quantity, blocks: count, further: furtherOf(quantity, gate, { outcome, count }) };
}

/** The percentiles share the chance of a false alarm in equal parts. */
function shareOf(gate: ComparisonGate): ComparisonGate {
  return { ...gate, falseAlarm: gate.falseAlarm / tailLevels.length };
}

/** Of one percentile, by the gate of all. */
export function tailOutcome(
  blocks: readonly PairedLatencies[],
  gate: ComparisonGate,
  level: number,
): ComparedFigure['outcome'] {
  const { limit, margin, minimumBlocks, falseAlarm, falsePass } = shareOf(gate);
  if (blocks.length < minimumBlocks) return 'inconclusive';
  return testTail({ blocks, level, lowerError: falseAlarm, upperError: falsePass, limit, margin });
}

function tailQuantity(
  blocks: readonly ComparedPairs[],
  { falseAlarm, falsePass, limit, margin }: ComparisonGate,
  { level, outcome }: { level: number; outcome: ComparedFigure['outcome'] },
): Quantity {
  const { ratio, lower, upper } = tailRatio({ blocks, level, lowerError: falseAlarm, upperError: falsePass });
  return {
    value: ratio,
    unit: 'ratio',
    direction: 'lower-is-better',
    samples: blocks.reduce((total, { endpoint }) => total + endpoint.length, 0),
    effectiveSamples: blocks.length,
    // What the tests decided the bounds say as well, though they are searched for, and not exactly.
    interval: [
      outcome === 'broken' ? Math.max(limit, lower ?? limit) : lower,
      outcome === 'holds' ? Math.min(margin, upper ?? margin) : upper,
    ],
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
  // Nothing tells yet how much blocks vary: the next look will.
  if (lower === null && upper === null) return nextLook(count, 'late').blocks - count;
  const half = upper === null ? Math.log(value / (lower ?? value / margin)) : Math.log(upper / value);
  const deviation = (Math.abs(half) * Math.sqrt(last.blocks)) / wantedT(last, upper === null ? falseAlarm : falsePass);
  const errors = { lowerError: falseAlarm, upperError: falsePass };
  const seen = { mean: Math.log(value), deviation };
  const scale = { limit: Math.log(limit), margin: Math.log(margin), spending: 'late' as const };
  return furtherBlocks({ seen, blocks: count, ...scale, ...errors });
}

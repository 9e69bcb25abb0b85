/** CMP-MEDIAN: the typical latency of the candidate against the base, over all endpoints. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { EvidenceRow, Judgement } from '../model/finding.ts';
import type { ComparisonGate } from '../model/thresholds.ts';
import { percentile } from '../statistics/percentile.ts';
import { comparedFigure } from './compared-figure.ts';
import type { ComparedPairs } from './compared-pairs.ts';
import { comparedBlocks, comparisonId, guardsThatHide } from './comparison-blocks.ts';
import { inconclusive } from './inconclusive.ts';
import { judgeFigures } from './judge-figures.ts';
import { latencyEffect } from './latency-effect.ts';
import { numberText } from './number-text.ts';
import { armPercentile } from './arm-percentile.ts';

export const cmpMedian: Claim = {
  id: 'CMP-MEDIAN',
  promised: null,
  title: 'The candidate is not slower than the base at the median by more than the margin',
  failureTitle: 'The candidate is slower than the base at the median',
  why: 'What every request pays is paid by every user, every time.',
  source: ['COMPARE'],
  experimentId: comparisonId,
  requires: ['samples'],
  decidesInInvalidRun: false,
  brokenDespite: guardsThatHide,
  judge: (evidence, thresholds) => judge(evidence, thresholds.claims['CMP-MEDIAN']),
};

function judge(evidence: Evidence, gate: ComparisonGate): Judgement {
  const found = comparedBlocks(evidence);
  if ('missing' in found) return inconclusive(found.missing);
  const { blocks } = found;
  const values = blocks.flatMap((pairs) => latencyEffect(pairs) ?? []);
  if (values.length === 0) return inconclusive({ reason: 'No pairs in both orders.', needs: 'more pairs a block' });
  const samples = blocks.reduce((total, { endpoint }) => total + endpoint.length, 0);
  return judgeFigures({
    figures: [{ subject: 'A request to the candidate', figure: comparedFigure({ values, gate, samples }) }],
    gate,
    say: (subject, amount) => `${subject} takes ${amount} times as long as one to the base`,
    evidence: [armPercentile(blocks, 0.5), medianRow(blocks), unpairedRow(blocks)],
    samplesAre: 'pairs',
  });
}

/** The plain figure beside the one that decides, which latency-effect.ts and middle-mean.ts explain. */
function medianRow(blocks: readonly ComparedPairs[]): EvidenceRow {
  const ratios = blocks.flatMap(({ baseMs, candidateMs }) =>
    Array.from(candidateMs, (value, index) => value / (baseMs[index] ?? Number.NaN)),
  );
  const median = percentile(Float64Array.from(ratios), 0.5) ?? Number.NaN;
  return { label: 'median of all pairs', note: `${median.toFixed(3)} times as long; shown only` };
}

function unpairedRow(blocks: readonly ComparedPairs[]): EvidenceRow {
  const unpaired = blocks.reduce((total, block) => total + block.unpaired, 0);
  return {
    label: 'pairs left out',
    note: `${numberText(unpaired)} without two successful answers in the measured time`,
  };
}

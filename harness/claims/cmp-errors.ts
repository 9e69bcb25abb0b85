/** CMP-ERRORS: the share of failed answers, candidate less base. */
import type { Claim, Evidence } from '../model/claim.ts';
import type { Judgement } from '../model/finding.ts';
import type { ComparisonGate } from '../model/thresholds.ts';
import { sampledBlocksOf } from './blocks-of.ts';
import { comparedFigure } from './compared-figure.ts';
import { comparisonId } from './comparison-blocks.ts';
import { inconclusive } from './inconclusive.ts';
import { judgeFigures } from './judge-figures.ts';
import { numberText } from './number-text.ts';
import { requestColumns } from './request-columns.ts';

export const cmpErrors: Claim = {
  id: 'CMP-ERRORS',
  promised: null,
  title: 'The candidate does not fail more requests than the base by more than the margin',
  failureTitle: 'The candidate fails more requests than the base',
  why: 'Failures are quick: a build that fails would look faster than it is.',
  source: ['COMPARE'],
  experimentId: comparisonId,
  requires: ['samples'],
  // Many failures make the run invalid by themselves, and must not take back that the candidate is the one that fails.
  decidesInInvalidRun: true,
  judge: (evidence, thresholds) => judge(evidence, thresholds.claims['CMP-ERRORS']),
};

function judge(evidence: Evidence, gate: ComparisonGate): Judgement {
  const found = sampledBlocksOf(evidence, comparisonId, []);
  if ('missing' in found) return inconclusive(found.missing);
  const failed = found.blocks.map((block) => ({
    base: requestColumns(block, 'base').failed,
    candidate: requestColumns(block, 'candidate').failed,
  }));
  if (failed.some(({ base, candidate }) => base.length === 0 || candidate.length === 0)) {
    const reason = 'A build was asked nothing in one of the blocks.';
    return inconclusive({ reason, needs: 'a run in which both builds are asked in every block' });
  }
  const values = failed.map(({ base, candidate }) => 100 * (shareOf(candidate) - shareOf(base)));
  const samples = failed.reduce((total, { candidate }) => total + candidate.length, 0);
  const total = (arm: 'base' | 'candidate') => failed.reduce((sum, each) => sum + countOf(each[arm]), 0);
  return judgeFigures({
    figures: [{ subject: 'The share of failed answers', figure: comparedFigure({ values, gate, samples }) }],
    gate,
    say: (subject, amount) => `${subject} differs by ${amount} from that of the base`,
    evidence: [
      { label: 'failed', note: `base ${numberText(total('base'))}, candidate ${numberText(total('candidate'))}` },
    ],
    samplesAre: 'answers',
  });
}

function countOf(failed: Uint8Array): number {
  return failed.reduce((total, value) => total + value, 0);
}

function shareOf(failed: Uint8Array): number {
  return countOf(failed) / failed.length;
}

/** How an outcome is named: four words, each with a sign of its own, so that nothing hangs on colour. */
import type { Finding } from '../model/result.ts';
import type { Verdict } from '../model/verdict.ts';

export type Outcome = 'holds' | 'broken' | 'inconclusive' | 'not-measured';

export const outcomeWords: Record<Outcome, string> = {
  holds: 'holds',
  broken: 'broken',
  inconclusive: 'inconclusive',
  'not-measured': 'not measured',
};

export const verdictWords: Record<Verdict, string> = { pass: 'Pass', fail: 'Fail', inconclusive: 'Inconclusive' };

/** The outcome whose sign and colour a verdict wears. */
export const verdictOutcome: Record<Verdict, Outcome> = { pass: 'holds', fail: 'broken', inconclusive: 'inconclusive' };

/** A claim that the profile does not decide, and of which nothing was seen, was not measured: that is never a pass. */
export function outcomeOf(finding: Finding): Outcome {
  const seen = finding.gated || finding.quantity !== null || finding.outcome === 'broken';
  return seen ? finding.outcome : 'not-measured';
}

const rank: Record<Outcome, number> = { broken: 3, inconclusive: 2, holds: 1, 'not-measured': 0 };

/** The worst of what was measured; of nothing: not measured. */
export function worstOutcome(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce<Outcome>((worst, outcome) => (rank[outcome] > rank[worst] ? outcome : worst), 'not-measured');
}

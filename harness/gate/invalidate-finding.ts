/** Takes a finding back when a guard of its experiment failed: figures of an invalid run decide nothing. */
import type { Claim } from '../model/claim.ts';
import type { Finding, Validity } from '../model/result.ts';

/** What was seen stays seen: a claim that says so keeps its `broken`, however bad the run. */
export function invalidateFinding(finding: Finding, claim: Claim, validity: readonly Validity[]): Finding {
  const failed = validity.filter((guard) => !guard.ok && (guard.scope === null || guard.scope === claim.experimentId));
  if (failed.length === 0 || claim.experimentId === null || finding.outcome === 'inconclusive') return finding;
  if (finding.outcome === 'broken' && claim.decidesInInvalidRun) return finding;
  const guards = [...new Set(failed.map((guard) => guard.id))].join(', ');
  return {
    ...finding,
    title: claim.title,
    outcome: 'inconclusive',
    explanation: `The run is invalid for this claim: guard ${guards} failed. The figures would say ${finding.outcome}: ${finding.explanation}`,
    needs: `a run in which ${guards} ${failed.length === 1 ? 'holds' : 'hold'}`,
  };
}

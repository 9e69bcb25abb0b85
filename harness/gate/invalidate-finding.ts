/** Takes a finding back when a guard of its experiment, or one of the whole run, failed: figures of an invalid run decide nothing. */
import type { Claim } from '../model/claim.ts';
import { failedGuardsOf } from '../model/failed-guards.ts';
import type { Finding, Validity } from '../model/result.ts';

/**
 * What was seen stays seen: a claim that says so keeps its `broken`, however bad the run. A claim about no experiment (what was set up
 * before any load) is not reached by what befell one.
 */
export function invalidateFinding(
  finding: Finding,
  claim: Pick<Claim, 'title' | 'experimentId' | 'decidesInInvalidRun' | 'brokenDespite'>,
  validity: readonly Validity[],
): Finding {
  if (claim.experimentId === null || finding.outcome === 'inconclusive') return finding;
  const { experimentId } = claim;
  const failed = failedGuardsOf(experimentId, validity);
  if (failed.length === 0) return finding;
  if (finding.outcome === 'broken' && (claim.decidesInInvalidRun || failed.every(harmless(claim)))) return finding;
  const names = [...new Set(failed.map((guard) => nameGuard(guard, experimentId)))];
  const guards = names.join(', ');
  return {
    ...finding,
    title: claim.title,
    outcome: 'inconclusive',
    explanation: `The run is invalid for this claim: guard ${guards} failed. The figures would say ${finding.outcome}: ${finding.explanation}`,
    needs: `a run in which ${guards} ${failed.length === 1 ? 'holds' : 'hold'}`,
    heldBackBy: names,
  };
}

/** Whether what is seen broken is broken in spite of such a guard: only where it watched the very experiment. */
function harmless({ brokenDespite = [], experimentId }: Pick<Claim, 'brokenDespite' | 'experimentId'>) {
  return ({ id, scope }: Validity) => scope === experimentId && brokenDespite.some((one) => one === id);
}

/** Says where, when it was elsewhere. */
function nameGuard({ id, scope }: Validity, experimentId: string): string {
  return scope === null || scope === experimentId ? id : `${id} (in ${scope})`;
}

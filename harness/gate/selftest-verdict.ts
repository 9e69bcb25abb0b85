/** The cases of a selftest → its verdict: a pass only when nothing is missed, nothing is a false alarm, and every case proves something. Pure. */
import { provesNothing, type SelftestCase } from '../model/selftest.ts';
import { mergeVerdicts, type Verdict } from '../model/verdict.ts';

type Judged = Pick<SelftestCase, 'outcome' | 'invalid'>;

/** A valid case that went wrong is a failure of the gate; one whose guards failed says nothing of it, either way. */
export function selftestVerdict(cases: readonly Judged[]): Verdict {
  return mergeVerdicts(cases.map(verdictOfCase));
}

function verdictOfCase(one: Judged): Verdict {
  if (provesNothing(one)) return 'inconclusive';
  return one.outcome === 'found' || one.outcome === 'quiet' ? 'pass' : 'fail';
}

/** "This gate was seen to go red here on …, for …": a selftest in a sentence, for every format of the report. */
import { listIds } from '../model/list-ids.ts';
import type { Result } from '../model/result.ts';
import { formatInstant } from './format/time.ts';

/** Says nothing of what was missed: whoever shows it must. */
export function selftestSentence(recorded: Result['selftest']): string {
  if (recorded === undefined)
    return 'Nobody has seen this gate go red here: no selftest of this machine and environment is known.';
  const { cases, startedAt } = recorded.selftest;
  const when = formatInstant(startedAt);
  const found = cases.filter(({ outcome }) => outcome === 'found').map(({ id }) => id);
  return found.length === 0
    ? `This gate was not seen to go red here: the selftest of ${when} found none of its regressions.`
    : `This gate was seen to go red here on ${when}, for ${listIds(found)}.`;
}

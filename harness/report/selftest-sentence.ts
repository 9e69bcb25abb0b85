/** "This gate was seen to go red here on …, for …": a selftest in a sentence, for every format of the report. */
import type { Result } from '../model/result.ts';
import { formatInstant } from './format/time.ts';

/** busy-cpu, extra-query and slow-tenant */
export function listIds(ids: readonly string[]): string {
  const last = ids.at(-1) ?? '';
  return ids.length < 2 ? last : `${ids.slice(0, -1).join(', ')} and ${last}`;
}

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

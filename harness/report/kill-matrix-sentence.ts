/** "Of 46 defects planted on purpose, …": a kill matrix in a sentence, for every format of the report. */
import { countOutcomes, flawsOf, type RecordedKillMatrix } from '../model/kill-matrix.ts';
import { formatCount, formatPlural } from './format/number.ts';
import { formatInstant } from './format/time.ts';
import { listIds } from '../model/list-ids.ts';

/** undefined: the run was stored by a version that recorded none. */
export function killMatrixSentence(recorded: RecordedKillMatrix | undefined): string {
  if (recorded === undefined) return 'None was recorded: nothing shows that the probes of this run would see a defect.';
  const { matrix } = recorded;
  if (matrix === null) {
    return 'None of these probes, mutants and this service is known: nothing shows that the probes of this run would see a defect.';
  }
  const { killed, equivalent } = countOutcomes(matrix.mutants);
  const { survived, notApplied, notTried, unsound } = flawsOf(matrix);
  const parts = [
    `${formatCount(killed)} of ${formatPlural(matrix.mutants.length, 'planted defect')} ${killed === 1 ? 'was' : 'were'} noticed by the probes`,
    ...(equivalent === 0
      ? []
      : [`${formatCount(equivalent)} ${equivalent === 1 ? 'changes' : 'change'} nothing that anybody could see`]),
    ...(survived.length === 0 ? [] : [`${listIds(survived)} went unseen`]),
    ...(notApplied.length === 0 ? [] : [`${listIds(notApplied)} could not be planted`]),
    ...(notTried.length === 0 ? [] : [`${formatCount(notTried.length)} not tried`]),
    ...(unsound.length === 0 ? [] : [`not all was well on the intact system (${listIds(unsound.slice(0, 3))})`]),
  ];
  return `${parts.join('; ')} (${formatInstant(matrix.startedAt)}).`;
}

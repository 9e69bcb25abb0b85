/** The verdict in one sentence: what was decided, and on what. */
import { invalidatesWholeRun } from '../model/failed-guards.ts';
import type { Finding, Result, Validity } from '../model/result.ts';
import { formatPlural } from './format/number.ts';

export function failedGuards(result: Result): Validity[] {
  return result.validity.filter((guard) => !guard.ok);
}

export function gatedFindings(result: Result): Finding[] {
  return result.findings.filter((finding) => finding.gated);
}

function ofGated(count: number, total: number, what: string): string {
  return `${count} of ${formatPlural(total, 'gated claim')} ${count === 1 ? 'is' : 'are'} ${what}`;
}

/** "for soak, where 1 guard failed", "for a and b, where 3 guards failed"; null when the run as a whole is not valid, or all of it is. */
function invalidPart(result: Result): string | null {
  const failed = failedGuards(result);
  if (failed.length === 0 || failed.some(invalidatesWholeRun)) return null;
  const scopes = new Set(failed.map(({ scope }) => scope ?? ''));
  const watched = new Set(result.validity.map(({ scope }) => scope ?? ''));
  if (scopes.size === watched.size) return null;
  const names = [...scopes];
  const last = names.pop() ?? '';
  const places = names.length === 0 ? last : `${names.join(', ')} and ${last}`;
  return `for ${places}, where ${formatPlural(failed.length, 'guard')} failed`;
}

function undecided(result: Result, gated: readonly Finding[]): string {
  const open = gated.filter((finding) => finding.outcome === 'inconclusive').length;
  const guards = failedGuards(result).length;
  if (result.incomplete !== null) return 'The run ended early, so nothing was decided in its favour.';
  const part = invalidPart(result);
  if (part !== null) return `The run is not valid ${part}: figures from there decide nothing.`;
  if (guards > 0) {
    return `The run is not valid: ${formatPlural(guards, 'guard')} failed, so its figures decide nothing.`;
  }
  if (gated.length === 0) return 'No claim was judged, and of nothing nothing follows.';
  if (open === 0) return 'The evidence does not decide; the reasons follow.';
  return `Nothing was found broken, but ${ofGated(open, gated.length, 'undecided')}.`;
}

function failed(result: Result, gated: readonly Finding[]): string {
  const broken = gated.filter((finding) => finding.outcome === 'broken').length;
  const validity = validityOfFailure(result);
  const subject = result.comparison === undefined ? 'The architecture does not hold' : 'The candidate is worse';
  if (broken === 0) return `${subject}; the reasons follow.${validity}`;
  return `${subject}: ${ofGated(broken, gated.length, 'broken')}.${validity}`;
}

function validityOfFailure(result: Result): string {
  if (failedGuards(result).length === 0) return '';
  const part = invalidPart(result);
  return part === null
    ? ' The run is not valid either; what was seen broken stays seen.'
    : ` The run is not valid ${part}.`;
}

/** What a reader of the verdict must know even if nothing else is read. */
function switchedOff({ policy }: Result): string {
  const off = policy?.switchedOff ?? [];
  return off.length === 0 ? '' : ` The policy switched off: ${off.join(', ')}.`;
}

/** One sentence (more where an invalid run also shows something broken, or the policy switched something off) that the rest of the report backs. */
export function verdictSentence(result: Result): string {
  return `${sentenceOf(result)}${switchedOff(result)}`;
}

function sentenceOf(result: Result): string {
  const gated = gatedFindings(result);
  if (result.verdict === 'fail') return failed(result, gated);
  if (result.verdict === 'inconclusive') return undecided(result, gated);
  const claims =
    gated.length === 1 ? 'the one gated claim holds' : `all ${formatPlural(gated.length, 'gated claim')} hold`;
  const subject =
    result.comparison === undefined
      ? 'The architecture holds on what was measured'
      : 'The candidate is not worse than the base, within the limits';
  return `${subject}: ${claims}${validityOfPass(result)}.`;
}

/** No guard may have failed for the run to be called valid. */
function validityOfPass(result: Result): string {
  const guards = failedGuards(result).length;
  if (guards === 0) return ' in a valid run';
  return `, but the run is not valid ${invalidPart(result) ?? `(${formatPlural(guards, 'guard')} failed)`}`;
}

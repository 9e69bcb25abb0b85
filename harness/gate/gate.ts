/** Findings and validity → verdict, exit code and the reasons for it. Pure; the only place where a run passes or fails. */
import { exitCode } from '../model/exit-codes.ts';
import { invalidatesWholeRun } from '../model/failed-guards.ts';
import { listIds } from '../model/list-ids.ts';
import type { Finding, Validity } from '../model/result.ts';
import { type Verdict, mergeVerdicts } from '../model/verdict.ts';

export interface GateQuestion {
  findings: readonly Finding[];
  validity: readonly Validity[];
  /** Gates of the profile that apply to this run; each must have a finding. */
  gates: readonly string[];
  /** Why the run ended early; null when it went to its end. */
  incomplete: string | null;
  plantedDefect: string | null;
  /** What the policy switched off or only warns of. */
  ofPolicy?: readonly string[];
}

export interface GateAnswer {
  verdict: Verdict;
  exitCode: number;
  /** Most important first. */
  reasons: string[];
}

const verdictOf: Record<Finding['outcome'], Verdict> = { holds: 'pass', broken: 'fail', inconclusive: 'inconclusive' };

/**
 * Fail before inconclusive before pass. Findings that are not gated never count; no gated finding at all is inconclusive.
 * A guard that makes the whole run invalid leaves no pass, wherever it failed. All gates must hold for a pass (an intersection–union test; Berger 1982, Technometrics 24:295), so a false pass is no likelier with
 * twelve gates than with one, and no correction for their number is needed on that side.
 */
export function gate(question: GateQuestion): GateAnswer {
  const { findings, validity, gates, incomplete, plantedDefect } = question;
  const gated = findings.filter((finding) => finding.gated);
  const unanswered = gates.filter((id) => !gated.some((finding) => finding.id === id));
  const verdicts = gated.map((finding) => verdictOf[finding.outcome]);
  if (unanswered.length > 0 || incomplete !== null || plantedDefect !== null) verdicts.push('inconclusive');
  if (validity.some(invalidatesWholeRun)) verdicts.push('inconclusive');
  const verdict = mergeVerdicts(verdicts);
  return { verdict, exitCode: exitCode(verdict), reasons: reasonsFor(question, gated, unanswered) };
}

function reasonsFor(question: GateQuestion, gated: readonly Finding[], unanswered: readonly string[]): string[] {
  const { findings, validity, incomplete, plantedDefect, ofPolicy = [] } = question;
  const ofRun = validity.filter(invalidatesWholeRun);
  const failed = validity.filter((guard) => !guard.ok && !invalidatesWholeRun(guard));
  const apart = findings.filter((finding) => !finding.gated).map((finding) => finding.id);
  const brokenApart = findings.filter(({ gated: isGated, outcome }) => !isGated && outcome === 'broken');
  const open = gated.filter(({ outcome }) => outcome === 'inconclusive');
  const holding = gated.filter((finding) => finding.outcome === 'holds');
  return [
    ...(plantedDefect === null
      ? []
      : [`A defect was planted on purpose (${plantedDefect}): such a run is never a pass.`]),
    ...ofPolicy,
    ...gated
      .filter(({ outcome }) => outcome === 'broken')
      .map(({ id, explanation }) => `${id} is broken: ${explanation}`),
    ...ofRun.map((guard) => `The run is invalid: ${describeFailure(guard)}`),
    ...(incomplete === null ? [] : [`The run did not go to its end: ${incomplete}`]),
    ...open.filter(({ heldBackBy }) => heldBackBy === undefined).map(describeInconclusive),
    ...failed.map((guard) => describeFailure(guard).replace(/^guard/, 'Guard')),
    ...heldBackLines(open),
    ...unanswered.map((id) => `${id} is a gate of this profile, but the run has nothing to decide it by.`),
    ...(gated.length === 0
      ? ['No claim was gated: nothing was decided.']
      : [`${holding.length} of ${gated.length} gated claims hold.`]),
    ...brokenApart.map(({ id, explanation }) => `${id} is broken, though it was not gated: ${explanation}`),
    ...(apart.length === 0 ? [] : [`Not gated in this run, and so no part of the verdict: ${apart.join(', ')}.`]),
  ];
}

function describeInconclusive({ id, explanation, needs }: Finding): string {
  return `${id} is inconclusive: ${explanation}${needs === null ? '' : ` Needs ${needs}.`}`;
}

/** A line for all that the same guards hold back: the guards are told by themselves, and what each claim says is in its finding. */
function heldBackLines(open: readonly Finding[]): string[] {
  const groups = new Map<string, string[]>();
  for (const { id, heldBackBy } of open) {
    if (heldBackBy === undefined) continue;
    const guards = heldBackBy.join(', ');
    groups.set(guards, [...(groups.get(guards) ?? []), id]);
  }
  return [...groups].map(([guards, ids]) => {
    const by = groups.size === 1 ? 'the guards that failed' : `guard ${guards}`;
    return `${listIds(ids)} ${ids.length === 1 ? 'is' : 'are'} inconclusive, whatever the figures say: held back by ${by}.`;
  });
}

function describeFailure(guard: Validity): string {
  const { id, observed, limit, unit, why } = guard;
  const withUnit = (value: number) => `${Math.round(value * 100) / 100}${unit === 'count' ? '' : ` ${unit}`}`;
  const seen = observed === null ? 'not readable' : withUnit(observed);
  return `guard ${id} failed${placeOf(guard)} (observed ${seen}, limit ${withUnit(limit)}): ${why}`;
}

function placeOf({ scope }: Validity): string {
  return scope === null ? '' : ` in ${scope}`;
}

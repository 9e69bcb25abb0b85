/** Renders a result as a short Markdown summary, for instance as a comment on a pull request. */
import type { Build } from '../model/build.ts';
import { listIds } from '../model/list-ids.ts';
import type { Finding, Result } from '../model/result.ts';
import { provesNothing } from '../model/selftest.ts';
import { formatFindingLimit, formatGuardLimit } from './format/limit.ts';
import { formatCount, formatPlural, noValue } from './format/number.ts';
import { formatObserved } from './format/observed.ts';
import { formatReading, formatSamples } from './format/quantity.ts';
import { formatInstant } from './format/time.ts';
import { comparedPolicySentences } from './compared-policy.ts';
import { judgedAnew } from './judged-anew.ts';
import { killMatrixSentence } from './kill-matrix-sentence.ts';
import { type Outcome, outcomeOf, outcomeWords, verdictOutcome, verdictWords } from './outcome.ts';
import { approvalConditions } from './register/approval-conditions.ts';
import { selftestSentence } from './selftest-sentence.ts';
import { failedGuards, gatedFindings, verdictSentence } from './verdict-sentence.ts';

/** Signs that every renderer has, beside the word and never instead of it. */
const signs: Record<Outcome, string> = { holds: '✓', broken: '✗', inconclusive: '◐', 'not-measured': '◌' };

/** Text that stays text: no markup, no table cell of its own, nobody mentioned, no line of its own. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[\\`*_{}[\]()#|~!]/g, (character) => `\\${character}`)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/@/g, '&#64;');
}

function signed(outcome: Outcome): string {
  const word = outcomeWords[outcome];
  return `${signs[outcome]} ${outcome === 'broken' ? `**${word}**` : word}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function gateRow(finding: Finding): string {
  const { quantity } = finding;
  const { value, interval } =
    quantity === null ? { value: noValue, interval: null } : formatObserved(quantity, finding);
  return row([
    `**${escapeMarkdown(finding.id)}** ${escapeMarkdown(finding.title)}`,
    escapeMarkdown(formatFindingLimit(finding)),
    escapeMarkdown(interval === null ? value : `${value} ${interval}`),
    quantity === null ? noValue : escapeMarkdown(formatSamples(quantity)),
    signed(outcomeOf(finding)),
  ]);
}

function gateTable(result: Result): string[] {
  const gated = gatedFindings(result);
  if (gated.length === 0) return ['No claim was gated.', ''];
  return [
    row(['Claim', 'Limit', 'Observed', 'Samples', 'Outcome']),
    '|---|--:|--:|--:|---|',
    ...gated.map(gateRow),
    '',
  ];
}

function openNeeds(result: Result): string[] {
  // The gate's reasons mostly name it already.
  const isSaid = (needs: string) => result.reasons.some((reason) => reason.includes(needs));
  const open = gatedFindings(result).filter(
    ({ outcome, needs, heldBackBy }) =>
      outcome === 'inconclusive' && heldBackBy === undefined && needs !== null && !isSaid(needs),
  );
  if (open.length === 0) return [];
  const lines = open.map((finding) => `- ${escapeMarkdown(finding.id)}: ${escapeMarkdown(finding.needs ?? '')}`);
  return ['**What would decide the open claims**', '', ...lines, ''];
}

function validityLines(result: Result): string[] {
  const failed = failedGuards(result);
  const checks = formatPlural(result.validity.length, 'check');
  if (result.validity.length === 0) return ['**Validity:** no guard was read, so the run is not valid.', ''];
  if (failed.length === 0) return [`**Validity:** all ${checks} are met.`, ''];
  const lines = failed.map((guard) => {
    const observed = guard.observed === null ? 'could not be read' : formatReading(guard.observed, guard.unit);
    const scope = guard.scope === null ? '' : ` in ${guard.scope}`;
    return `- ${escapeMarkdown(`${guard.id}${scope}: ${observed}, limit ${formatGuardLimit(guard)}. ${guard.why}`)}`;
  });
  return [`**Validity: ${formatCount(failed.length)} of ${checks} failed**`, '', ...lines, ''];
}

function notMeasured(result: Result): string[] {
  const ids = result.findings.filter((finding) => outcomeOf(finding) === 'not-measured').map((finding) => finding.id);
  return ids.length === 0 ? [] : [`**Not measured, and so not passed:** ${ids.map(escapeMarkdown).join(', ')}.`, ''];
}

/** Of a comparison nothing follows for isolation. */
function killMatrixLine({ comparison, isolation }: Result): string[] {
  if (comparison !== undefined) return [];
  return [`**Kill matrix:** ${escapeMarkdown(killMatrixSentence(isolation.matrix))}`, ''];
}

/** The details are in the report; what speaks against the gate is not left to them. */
function selftestLine({ selftest }: Result): string {
  const cases = selftest?.selftest.cases ?? [];
  const failed = cases.filter(
    (one) => one.outcome === 'false-alarm' || (one.outcome === 'missed' && !provesNothing(one)),
  );
  const against = failed.length === 0 ? '' : ` It failed for ${listIds(failed.map(({ id }) => id))}.`;
  const other =
    selftest !== undefined && !(selftest.sameMethod && selftest.samePolicy)
      ? ' It tried another method or other limits.'
      : '';
  return `**Selftest:** ${escapeMarkdown(`${selftestSentence(selftest)}${against}${other}`)}`;
}

function conditionsLine(result: Result): string {
  const words: Record<Outcome, string> = { ...outcomeWords, holds: 'met', broken: 'not met' };
  const parts = approvalConditions(result).map(({ id, outcome }) => `${id} ${signs[outcome]} ${words[outcome]}`);
  return `**Approval conditions:** ${parts.join(' · ')}`;
}

function buildsLine({ base, candidate }: NonNullable<Result['comparison']>): string {
  const named = (build: Build) =>
    `${escapeMarkdown(build.ref)}${build.commit === null ? '' : ` (${build.commit.slice(0, 12)})`}`;
  return `**Base:** ${named(base)} · **Candidate:** ${named(candidate)}`;
}

function warnings(result: Result): string[] {
  const lines: string[] = [];
  if (result.plantedDefect !== null) {
    const defect = escapeMarkdown(result.plantedDefect);
    lines.push(`> A defect was planted on purpose: ${defect}. This run says nothing about the architecture.`, '');
  }
  if (result.incomplete !== null)
    lines.push(`> The run did not go to its end: ${escapeMarkdown(result.incomplete)}`, '');
  const anew = judgedAnew(result);
  if (anew !== null) lines.push(`> ${anew}`, '');
  for (const sentence of comparedPolicySentences(result)) lines.push(`> ${escapeMarkdown(sentence)}`, '');
  return lines;
}

/** `report.html` is the link's target: both files lie in the same folder. */
export function renderMarkdown(result: Result): string {
  const sign = signs[verdictOutcome[result.verdict]];
  const lines = [
    `## ${sign} signoff: ${verdictWords[result.verdict]}`,
    '',
    ...warnings(result),
    verdictSentence(result),
    '',
    ...result.reasons.map((reason) => `- ${escapeMarkdown(reason)}`),
    ...(result.reasons.length > 0 ? [''] : []),
    result.comparison === undefined ? conditionsLine(result) : buildsLine(result.comparison),
    '',
    ...gateTable(result),
    ...openNeeds(result),
    ...validityLines(result),
    ...notMeasured(result),
    ...killMatrixLine(result),
    selftestLine(result),
    '',
    `Run ${escapeMarkdown(result.runId)} · profile ${escapeMarkdown(result.profile)} · ${formatInstant(result.startedAt)} · exit code ${result.exitCode} · [full report](report.html)`,
  ];
  return `${lines.join('\n')}\n`;
}

/** Section: the verdict, why it is so, and what was tested. */
import { exitCodes } from '../../model/exit-codes.ts';
import type { Environment } from '../../model/environment.ts';
import type { Result } from '../../model/result.ts';
import { formatCount, formatPlural } from '../format/number.ts';
import { formatDuration, formatInstant } from '../format/time.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeSign } from '../outcome-badge.ts';
import { verdictOutcome, verdictWords } from '../outcome.ts';
import { verdictSentence } from '../verdict-sentence.ts';
import { factList } from './fact-list.ts';
import { headlineFigures } from './headline-figures.ts';
import type { Section } from './section.ts';

/** The most important come first; the rest would bury them. */
const mostReasons = 8;

function exitMeaning(code: number): string {
  const row = Object.values(exitCodes).find((candidate) => candidate.code === code);
  return row === undefined ? String(code) : `${code} (${row.meaning})`;
}

function revision(environment: Environment): Markup {
  if (environment.gitSha === null) return markup`not known: measured outside a repository`;
  const state =
    environment.dirty === true
      ? ', with changes that are not committed: the revision alone does not reproduce this run'
      : environment.dirty === null
        ? ', state of the work tree not known'
        : ', nothing uncommitted';
  return markup`<code>${environment.gitSha.slice(0, 12)}</code>${state}`;
}

/** What makes the verdict say less than it seems to, before anything else is read. */
function warnings(result: Result): Markup[] {
  const found: Markup[] = [];
  if (result.plantedDefect !== null) {
    found.push(
      markup`A defect was planted on purpose: <b>${result.plantedDefect}</b>. This run shows whether the gate goes red. It says nothing about the architecture and must not be signed.`,
    );
  }
  if (result.incomplete !== null) found.push(markup`The run did not go to its end: ${result.incomplete}.`);
  return found;
}

function facts(result: Result): Markup {
  const { environment } = result;
  const wallMs = result.phases.reduce((total, phase) => total + phase.wallMs, 0);
  return factList([
    ['Exit code', exitMeaning(result.exitCode)],
    ['Measured', `${formatInstant(result.startedAt)}${wallMs > 0 ? `, ${formatDuration(wallMs)} in all` : ''}`],
    ['Judged', formatInstant(result.judgedAt)],
    ['Profile', `${result.profile}, ${formatPlural(result.scenarios.length, 'scenario')}`],
    ['Revision', revision(environment)],
    ['Environment', `${environment.kind} (${environment.kindReason})`],
    [
      'Data',
      `${formatPlural(environment.tenants, 'tenant')}, ${formatCount(environment.rows)} rows, seed ${environment.seed}`,
    ],
    ...policyFact(result),
    ['Run', markup`<code>${result.runId}</code>`],
  ]);
}

/** A judgement by another policy than the first must be seen as one. */
function policyFact({ policy }: Result): [string, Markup][] {
  if (policy === undefined) return [];
  const { sha256, firstSha256 } = policy;
  const again =
    sha256 === firstSha256
      ? null
      : markup`; judged anew: the run was first judged by another, <code>${firstSha256.slice(0, 12)}</code>`;
  return [['Policy', markup`policy.json, SHA-256 <code>${sha256.slice(0, 12)}</code>${again}`]];
}

export function verdictSection(result: Result): Section {
  const outcome = verdictOutcome[result.verdict];
  const notices = warnings(result).map((warning) => markup`<p class="notice">${warning}</p>\n`);
  const reasons = result.reasons.slice(0, mostReasons).map((reason) => markup`<li>${reason}</li>`);
  const more = result.reasons.length - reasons.length;
  const rest =
    more > 0 ? markup`<li>${formatPlural(more, 'more reason')}: sections 3 and 4 have all of them.</li>` : null;
  return {
    id: 'verdict',
    title: 'Verdict and what was tested',
    body: markup`${notices}
<div class="verdict ${outcome}">
<p class="word">${outcomeSign(outcome)}${verdictWords[result.verdict]}</p>
<p class="sentence">${verdictSentence(result)}</p>
${reasons.length === 0 ? null : markup`<ul>${reasons}${rest}</ul>`}
</div>
${headlineFigures(result)}
<h3>What was tested</h3>
<p>The reference service of AlphaPulse, a multi-tenant trading platform, in its production mode: Postgres with row-level
security, Redis and Vault as real servers, loaded by k6. The verdict speaks of the gated claims of this profile and of
nothing else; what was not measured is listed as such and is never a pass.</p>
${facts(result)}`,
  };
}

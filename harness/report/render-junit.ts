/** Renders a result as JUnit XML: the verdict, every guard and every claim as a test case, so that CI shows what is red. */
import type { Finding, Result, Validity } from '../model/result.ts';
import { formatGuardLimit, formatLimitPhrase } from './format/limit.ts';
import { noValue } from './format/number.ts';
import { formatObservedLine } from './format/observed.ts';
import { formatReading } from './format/quantity.ts';
import { killMatrixSentence } from './kill-matrix-sentence.ts';
import { type Markup, markup } from './markup.ts';
import { outcomeOf } from './outcome.ts';
import { verdictSentence } from './verdict-sentence.ts';

type State = 'passed' | 'failure' | 'error' | 'skipped';

interface TestCase {
  name: string;
  className: string;
  state: State;
  /** One line. */
  message: string;
  detail: string;
}

/**
 * A guard that was read and missed its limit failed; one that could not be read is an error. CI systems show both red.
 */
function guardCase(guard: Validity): TestCase {
  const observed = guard.observed === null ? 'could not be read' : formatReading(guard.observed, guard.unit);
  const state = guard.ok ? 'passed' : guard.observed === null ? 'error' : 'failure';
  return {
    name: guard.id,
    className: `signoff.validity.${guard.scope ?? 'run'}`,
    state,
    message: `${guard.id}: ${observed}, limit ${formatGuardLimit(guard)}`,
    detail: guard.why,
  };
}

const findingStates = { holds: 'passed', broken: 'failure', inconclusive: 'error', 'not-measured': 'skipped' } as const;

/** Broken is a failure; inconclusive is an error, because too little evidence must stop a pipeline; the rest is skipped. */
function findingCase(finding: Finding): TestCase {
  const outcome = outcomeOf(finding);
  const observed = finding.quantity === null ? noValue : formatObservedLine(finding.quantity, finding);
  const needs = finding.needs === null ? '' : ` Needs ${finding.needs}.`;
  return {
    // The id alone: the title changes with the outcome, and CI follows a test by its name.
    name: finding.id,
    className: 'signoff.claims',
    state: finding.gated ? findingStates[outcome] : 'skipped',
    message: `${finding.id}: ${observed}; ${formatLimitPhrase(finding)}`,
    detail: `${finding.title}. ${finding.explanation}${needs}`,
  };
}

/** Without this case a run that judged nothing would be a report of no tests, which CI takes for a pass. */
function verdictCase(result: Result): TestCase {
  const states = { pass: 'passed', fail: 'failure', inconclusive: 'error' } as const;
  return {
    name: 'verdict',
    className: 'signoff.verdict',
    state: states[result.verdict],
    message: verdictSentence(result),
    detail: result.reasons.join('\n'),
  };
}

function writeCase({ name, className, state, message, detail }: TestCase): Markup {
  const head = markup`<testcase name="${name}" classname="${className}"`;
  if (state === 'passed') return markup`    ${head} />\n`;
  if (state === 'skipped') return markup`    ${head}><skipped message="${detail}" /></testcase>\n`;
  const body = state === 'failure' ? markup`<failure message="${message}">${detail}</failure>` : null;
  return markup`    ${head}>${body ?? markup`<error message="${message}">${detail}</error>`}</testcase>\n`;
}

/** Of a comparison nothing follows for isolation. */
function killMatrixProperty({ comparison, isolation }: Result): Record<string, string> {
  return comparison === undefined ? { 'kill-matrix': killMatrixSentence(isolation.matrix) } : {};
}

function count(cases: readonly TestCase[], state: State): number {
  return cases.filter((testCase) => testCase.state === state).length;
}

function counts(cases: readonly TestCase[]): Markup {
  return markup`tests="${cases.length}" failures="${count(cases, 'failure')}" errors="${count(cases, 'error')}" skipped="${count(cases, 'skipped')}"`;
}

/** What is told and is no test. */
function writeProperties(properties: Record<string, string>): Markup | null {
  const all = Object.entries(properties).map(
    ([name, value]) => markup`      <property name="${name}" value="${value}" />\n`,
  );
  return all.length === 0 ? null : markup`    <properties>\n${all}    </properties>\n`;
}

function writeSuite(
  name: string,
  cases: readonly TestCase[],
  result: Result,
  properties: Record<string, string> = {},
): Markup {
  return markup`  <testsuite name="${name}" ${counts(cases)} timestamp="${result.startedAt}">
${writeProperties(properties)}${cases.map(writeCase)}  </testsuite>\n`;
}

/** The whole document; same result, same bytes. */
export function renderJunit(result: Result): string {
  const verdict = [verdictCase(result)];
  const guards = result.validity.map(guardCase);
  const claims = result.findings.map(findingCase);
  const wallMs = result.phases.reduce((total, phase) => total + phase.wallMs, 0);
  const seconds = (wallMs / 1000).toFixed(3);
  const suites = [
    writeSuite('verdict', verdict, result),
    writeSuite('validity', guards, result),
    writeSuite('claims', claims, result, killMatrixProperty(result)),
  ];
  const root = markup`<testsuites name="signoff ${result.runId}" ${counts([...verdict, ...guards, ...claims])} time="${seconds}">
${suites}</testsuites>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root.source}`;
}

/** A kill matrix as the terminal shows it: a line for each mutant as it ends, and a summary. */
import { styleText } from 'node:util';
import {
  countOutcomes,
  flawsOf,
  idleProbes,
  type KillMatrix,
  type MutantOutcome,
  matrixVerdict,
  type TriedMutant,
} from '../model/kill-matrix.ts';
import type { Verdict } from '../model/verdict.ts';
import type { CommandContext } from './command-context.ts';
import { formatPlural } from '../report/format/number.ts';
import { formatDuration } from './format.ts';

const marks: Record<MutantOutcome, string> = { killed: '✔', survived: '✘', equivalent: '=', 'not-applied': '?' };
const words: Record<MutantOutcome, string> = {
  killed: 'killed',
  survived: 'SURVIVED',
  equivalent: 'equivalent',
  'not-applied': 'NOT APPLIED',
};
const widestId = 34;
const widestLayer = 'postgres'.length;
const widestProbeLayer = 'telemetry'.length;
const mostNamed = 5;

/** A mutant that is there to be tried. */
export function listedLine({ id, layer, title }: Pick<TriedMutant, 'id' | 'layer' | 'title'>): string {
  return `${layer.padEnd(widestLayer)} ${id.padEnd(widestId)} ${title}\n`;
}

export function mutantLine(mutant: TriedMutant): string {
  const { id, layer, outcome, reason, title, wallMs } = mutant;
  const said = `${words[outcome]}${killers(mutant)}`;
  const line = `  ${marks[outcome]} ${layer.padEnd(widestLayer)} ${id.padEnd(widestId)} ${said} (${formatDuration(wallMs)})\n`;
  return reason === null ? line : `${line}    ${title}: ${reason}\n`;
}

function killers({ killedBy: [first, ...others], seenInConfigurationOnly = false }: TriedMutant): string {
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return ` by ${first.probe}${more}${seenInConfigurationOnly ? ', seen in the configuration only' : ''}`;
}

const summaries: Record<Verdict, string> = {
  pass: 'What was planted was noticed: green probes of these sources can be believed.',
  fail: 'A defect went unseen: green probes prove nothing until something sees it. See the mutants marked ✘.',
  inconclusive: 'Not everything was tried, or not on an intact system: nothing follows from that.',
};
const colours = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const;

/** The verdict comes last, where whoever started it looks. `files`: where the matrix lies. */
export function matrixLines(
  context: Pick<CommandContext, 'colour'>,
  matrix: KillMatrix,
  files: readonly string[],
): string {
  const verdict = matrixVerdict(matrix);
  const paint = (text: string) =>
    context.colour ? styleText(['bold', colours[verdict]], text, { validateStream: false }) : text;
  const counts = Object.entries(countOutcomes(matrix.mutants)).filter(([, count]) => count > 0);
  const { unsound } = flawsOf(matrix);
  const figures = [
    ...counts.map(([outcome, count]) => `${count} ${outcome.replace('-', ' ')}`),
    ...inConfigurationOnly(matrix),
    formatPlural(matrix.probes.length, 'probe'),
    formatDuration(matrix.wallMs),
  ];
  return [
    '',
    ...named(
      'not sound on the intact system',
      matrix.probes.filter(({ probe }) => unsound.includes(probe)).map(withExample),
    ),
    ...idleLines(matrix),
    ...notTriedLines(matrix),
    ...files.map((file) => `  ${file}`),
    `  ${paint(verdict.toUpperCase())}  ${figures.join(', ')}`,
    `  ${summaries[verdict]}`,
    '',
  ].join('\n');
}

const named = (title: string, names: readonly string[]): string[] =>
  names.length === 0 ? [] : [`  ${title}:`, ...names.map((name) => `    ${name}`)];

function inConfigurationOnly({ mutants }: KillMatrix): string[] {
  const count = mutants.filter(({ seenInConfigurationOnly = false }) => seenInConfigurationOnly).length;
  return count === 0 ? [] : [`${count} seen in the configuration only`];
}

/** Which probes a few mutants were not seen by says nothing of the probes. */
function idleLines(matrix: KillMatrix): string[] {
  if (matrix.notTried.length > 0) return [];
  const idle = idleProbes(matrix);
  const names = idle.map(({ layer, probe }) => `${layer.padEnd(widestProbeLayer)} ${probe}`);
  return named(`idle: ${formatPlural(idle.length, 'probe')} that killed none of them`, names);
}

function notTriedLines({ notTried }: KillMatrix): string[] {
  if (notTried.length === 0) return [];
  const few = notTried.length <= mostNamed;
  return [`  not tried: ${few ? notTried.join(', ') : formatPlural(notTried.length, 'mutant')}`];
}

function withExample({ probe, example }: KillMatrix['probes'][number]): string {
  return example === null ? probe : `${probe} (${example})`;
}

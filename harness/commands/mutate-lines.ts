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

export function mutantLine({ id, layer, outcome, killedBy, reason, title, wallMs }: TriedMutant): string {
  const [first] = killedBy;
  const more = killedBy.length - 1;
  const by = first === undefined ? '' : ` by ${first.probe}${more > 0 ? ` and ${more} more` : ''}`;
  const line = `  ${marks[outcome]} ${layer.padEnd(widestLayer)} ${id.padEnd(widestId)} ${words[outcome]}${by} (${formatDuration(wallMs)})\n`;
  return reason === null ? line : `${line}    ${title}: ${reason}\n`;
}

const summaries: Record<Verdict, string> = {
  pass: 'What was planted was noticed: green probes of these sources can be believed.',
  fail: 'A defect went unseen: green probes prove nothing until something sees it. See the mutants marked ✘.',
  inconclusive: 'Not everything was tried, or not on an intact system: nothing follows from that.',
};
const colours = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const;

export function matrixLines(context: Pick<CommandContext, 'colour'>, matrix: KillMatrix): string {
  const verdict = matrixVerdict(matrix);
  const paint = (text: string) =>
    context.colour ? styleText(['bold', colours[verdict]], text, { validateStream: false }) : text;
  const counts = Object.entries(countOutcomes(matrix.mutants)).filter(([, count]) => count > 0);
  const { unsound, notTried } = flawsOf(matrix);
  const idle = idleProbes(matrix).map(({ probe }) => probe);
  const named = (title: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`  ${title}:`, ...names.map((name) => `    ${name}`)];
  return [
    '',
    `  ${paint(verdict.toUpperCase())}  ${[...counts.map(([outcome, count]) => `${count} ${outcome.replace('-', ' ')}`), `${matrix.probes.length} probes`, formatDuration(matrix.wallMs)].join(', ')}`,
    `  ${summaries[verdict]}`,
    ...named(
      'not sound on the intact system',
      matrix.probes.filter(({ probe }) => unsound.includes(probe)).map(withExample),
    ),
    ...named(`idle: ${idle.length} probes that killed none of them`, idle),
    ...(notTried.length === 0 ? [] : [`  not tried: ${notTried.join(', ')}`]),
    '',
  ].join('\n');
}

function withExample({ probe, example }: KillMatrix['probes'][number]): string {
  return example === null ? probe : `${probe} (${example})`;
}

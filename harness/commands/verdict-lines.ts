/** A verdict as the terminal shows it: the gates with limit beside observed, and the reasons, which name what was wrong with the run. */
import { styleText } from 'node:util';
import type { Finding, Result } from '../model/result.ts';
import { comparedPolicySentences } from '../report/compared-policy.ts';
import type { CommandContext } from './command-context.ts';
import { formatAmount } from './format.ts';

const marks = { holds: '✔', broken: '✘', inconclusive: '?' } as const;
const verdictColours = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const;

export function verdictLines(context: Pick<CommandContext, 'colour'>, result: Result): string {
  const paint = (colour: 'green' | 'red' | 'yellow', text: string) =>
    context.colour ? styleText(['bold', colour], text, { validateStream: false }) : text;
  const gated = result.findings.filter((finding) => finding.gated);
  const warned = result.findings.filter(({ level, outcome }) => level === 'warn' && outcome !== 'holds');
  const width = Math.max(0, ...[...gated, ...warned].map((finding) => finding.id.length));
  const lines = [
    '',
    ...gated.map((finding) => `  ${marks[finding.outcome]} ${finding.id.padEnd(width)}  ${describe(finding)}`),
    ...warned.map((finding) => `  ${marks[finding.outcome]} ${finding.id.padEnd(width)}  warned: ${describe(finding)}`),
    '',
    `  ${paint(verdictColours[result.verdict], result.verdict.toUpperCase())}  exit ${result.exitCode}`,
    ...[...result.reasons, ...comparedPolicySentences(result)].map((reason) => `  ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}

function describe(finding: Finding): string {
  const { quantity } = finding;
  if (quantity === null)
    return finding.needs === null ? finding.explanation : `${finding.explanation}; needs ${finding.needs}`;
  const amount = (value: number) => formatAmount(value, quantity.unit);
  const bounds = quantity.interval.map((bound) => (bound === null ? '?' : amount(bound))).join(', ');
  const needs = whyOpen(finding);
  return `${amount(quantity.value)} [${bounds}]${limitOf(finding, amount)}, n = ${quantity.samples.toLocaleString('en-US')}${needs}`;
}

/** Guards that failed are named once, by the reasons below. */
function whyOpen({ outcome, needs, heldBackBy }: Finding): string {
  if (outcome !== 'inconclusive') return '';
  if (heldBackBy !== undefined) return '; held back by guards';
  return needs === null ? '' : `; needs ${needs}`;
}

/** Of two builds both bounds: what holds lies below the second, and may well lie over the first. */
function limitOf({ limit, margin }: Finding, amount: (value: number) => string): string {
  if (limit === null) return '';
  return margin === undefined
    ? `, limit ${amount(limit)}`
    : `, broken over ${amount(limit)}, holds up to ${amount(margin)}`;
}

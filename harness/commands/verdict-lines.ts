/** A verdict as the terminal shows it: the gates with limit beside observed, what was wrong with the run, and why. */
import { styleText } from 'node:util';
import type { Finding, Result } from '../model/result.ts';
import type { CommandContext } from './command-context.ts';
import { formatAmount, formatNumber } from './format.ts';

const marks = { holds: '✔', broken: '✘', inconclusive: '?' } as const;
const verdictColours = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const;

export function verdictLines(context: Pick<CommandContext, 'colour'>, result: Result): string {
  const paint = (colour: 'green' | 'red' | 'yellow', text: string) =>
    context.colour ? styleText(['bold', colour], text, { validateStream: false }) : text;
  const gated = result.findings.filter((finding) => finding.gated);
  const warned = result.findings.filter(({ level, outcome }) => level === 'warn' && outcome !== 'holds');
  const width = Math.max(0, ...[...gated, ...warned].map((finding) => finding.id.length));
  const failedGuards = result.validity.filter((guard) => !guard.ok);
  const lines = [
    '',
    ...gated.map((finding) => `  ${marks[finding.outcome]} ${finding.id.padEnd(width)}  ${describe(finding)}`),
    ...warned.map((finding) => `  ${marks[finding.outcome]} ${finding.id.padEnd(width)}  warned: ${describe(finding)}`),
    ...failedGuards.map((guard) => {
      const observed = guard.observed === null ? 'not readable' : `${formatNumber(guard.observed)} ${guard.unit}`;
      return `  ! guard ${guard.id}${guard.scope === null ? '' : ` (${guard.scope})`}: ${observed}, limit ${formatNumber(guard.limit)} ${guard.unit}`;
    }),
    '',
    `  ${paint(verdictColours[result.verdict], result.verdict.toUpperCase())}  exit ${result.exitCode}`,
    ...result.reasons.map((reason) => `  ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}

function describe(finding: Finding): string {
  const { quantity } = finding;
  if (quantity === null)
    return finding.needs === null ? finding.explanation : `${finding.explanation}; needs ${finding.needs}`;
  const amount = (value: number) => formatAmount(value, quantity.unit);
  const bounds = quantity.interval.map((bound) => (bound === null ? '?' : amount(bound))).join(', ');
  const needs = finding.outcome === 'inconclusive' && finding.needs !== null ? `; needs ${finding.needs}` : '';
  return `${amount(quantity.value)} [${bounds}]${limitOf(finding, amount)}, n = ${quantity.samples.toLocaleString('en-US')}${needs}`;
}

/** Of two builds both bounds: what holds lies below the second, and may well lie over the first. */
function limitOf({ limit, margin }: Finding, amount: (value: number) => string): string {
  if (limit === null) return '';
  return margin === undefined
    ? `, limit ${amount(limit)}`
    : `, broken over ${amount(limit)}, holds up to ${amount(margin)}`;
}

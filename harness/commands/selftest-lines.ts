/** A selftest as the terminal shows it: a line for each case as it ends, and a summary. */
import { styleText } from 'node:util';
import type { Quantity } from '../model/quantity.ts';
import type { Selftest, SelftestCase } from '../model/selftest.ts';
import type { Verdict } from '../model/verdict.ts';
import type { CommandContext } from './command-context.ts';
import { formatAmount, formatDuration } from './format.ts';

const marks = { found: '✔', quiet: '✔', missed: '✘', 'false-alarm': '✘' } as const;
const words = { found: 'found', quiet: 'quiet', missed: 'MISSED', 'false-alarm': 'FALSE ALARM' } as const;
const widestId = 'slow-two-percent'.length;

export function caseLine(one: SelftestCase): string {
  const mark = one.invalid === null ? marks[one.outcome] : '?';
  const claim = one.claim === null ? '' : ` by ${one.claim}`;
  const outcome =
    one.outcome === 'found' ? `found${claim}` : `${words[one.outcome]}${one.outcome === 'missed' ? claim : ''}`;
  const figures = one.quantity === null ? '' : `: ${quantityInWords(one.quantity, one.limit)}`;
  const also = one.alsoBroken.length === 0 ? '' : `; also broken: ${one.alsoBroken.join(', ')}`;
  const effort = `${one.blocks} blocks, ${formatDuration(one.wallMs)}`;
  const line = `  ${mark} ${one.id.padEnd(widestId)}  ${outcome}${figures}${also} (${effort})\n`;
  const went = one.invalid === null && (one.outcome === 'found' || one.outcome === 'quiet');
  return went ? line : `${line}    ${one.explanation}\n`;
}

/** +5.3 % (between +4.1 % and +6.6 %, limit +2 %) */
export function quantityInWords(quantity: Quantity, limit: number | null): string {
  const { unit, value, interval } = quantity;
  const [low, high] = interval;
  const text = (number: number) => formatAmount(number, unit);
  const bounds =
    low !== null && high !== null
      ? `between ${text(low)} and ${text(high)}`
      : low !== null
        ? `at least ${text(low)}`
        : high !== null
          ? `at most ${text(high)}`
          : 'not bounded';
  return `${text(value)} (${bounds}${limit === null ? '' : `, limit ${text(limit)}`})`;
}

const summaries: Record<Verdict, string> = {
  pass: 'This gate goes red here for what it should, and stays green for identical programs.',
  fail: 'This gate cannot be relied on here: see the cases marked ✘.',
  inconclusive: 'Not every case proves something: see those marked ?.',
};
const verdictColours = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const;

export function summaryLines(context: Pick<CommandContext, 'colour'>, selftest: Selftest, verdict: Verdict): string {
  const count = (outcome: SelftestCase['outcome']) => selftest.cases.filter((one) => one.outcome === outcome).length;
  const identical = selftest.cases.find(({ claim }) => claim === null);
  const planted = selftest.cases.filter(({ claim }) => claim !== null).length;
  const paint = (text: string) =>
    context.colour ? styleText(['bold', verdictColours[verdict]], text, { validateStream: false }) : text;
  const parts = [
    `${count('found')} of ${planted} regressions found`,
    ...(identical === undefined ? [] : [identicalInWords(identical)]),
    formatDuration(selftest.wallMs),
  ];
  const left = selftest.notTried.length === 0 ? [] : [`  not tried: ${selftest.notTried.join(', ')}`];
  return ['', `  ${paint(verdict.toUpperCase())}  ${parts.join(', ')}`, `  ${summaries[verdict]}`, ...left, ''].join(
    '\n',
  );
}

function identicalInWords({ outcome, invalid }: SelftestCase): string {
  if (outcome === 'false-alarm') return 'identical arms raised a false alarm';
  return invalid === null ? 'identical arms quiet' : 'identical arms prove nothing';
}

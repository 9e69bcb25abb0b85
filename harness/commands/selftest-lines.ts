/** A selftest as the terminal shows it: a line for each case as it ends, and a summary. */
import { styleText } from 'node:util';
import { listIds } from '../model/list-ids.ts';
import type { Quantity } from '../model/quantity.ts';
import { foundDespite, provesNothing, type Selftest, type SelftestCase } from '../model/selftest.ts';
import type { Verdict } from '../model/verdict.ts';
import type { CommandContext } from './command-context.ts';
import { formatAmount, formatDuration } from './format.ts';

const marks = { found: '✔', quiet: '✔', missed: '✘', 'false-alarm': '✘' } as const;
const words = { found: 'found', quiet: 'quiet', missed: 'MISSED', 'false-alarm': 'FALSE ALARM' } as const;
const widestId = 'slow-two-percent'.length;

export function caseLine(one: SelftestCase): string {
  const mark = provesNothing(one) ? '?' : marks[one.outcome];
  const claim = one.claim === null ? '' : ` by ${one.claim}`;
  const outcome =
    one.outcome === 'found' ? `found${claim}` : `${words[one.outcome]}${one.outcome === 'missed' ? claim : ''}`;
  const figures = one.quantity === null ? '' : `: ${quantityInWords(one.quantity, one.limit)}`;
  const also = one.alsoBroken.length === 0 ? '' : `; also broken: ${one.alsoBroken.join(', ')}`;
  const open = one.open === undefined || one.open.length === 0 ? '' : `; undecided: ${one.open.join(', ')}`;
  const effort = `${one.blocks} blocks, ${formatDuration(one.wallMs)}`;
  const line = `  ${mark} ${one.id.padEnd(widestId)}  ${outcome}${figures}${also}${open} (${effort})\n`;
  const went = !provesNothing(one) && (one.outcome === 'found' || one.outcome === 'quiet');
  const note = went ? foundDespite(one) : one.explanation;
  return note === null ? line : `${line}    ${note}\n`;
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

function summaryOf({ cases, notTried }: Selftest, verdict: Verdict): string {
  if (verdict === 'fail') return 'This gate cannot be relied on here: see the cases marked ✘.';
  if (verdict === 'inconclusive') return 'Not every case proves something: see those marked ?.';
  return whatWasSeen(cases, notTried);
}

/** Of a pass: nothing is claimed that was not tried. */
function whatWasSeen(cases: readonly SelftestCase[], notTried: readonly string[]): string {
  const found = cases.filter(({ claim }) => claim !== null).map(({ id }) => id);
  const identical = cases.some(({ claim }) => claim === null);
  if (found.length === 0)
    return 'This gate stays green here for identical programs. Whether it goes red was not tried.';
  const red = `This gate goes red here for ${notTried.length === 0 ? 'what it should' : listIds(found)}`;
  return identical
    ? `${red}, and stays green for identical programs.`
    : `${red}. Whether it stays green for identical programs was not tried.`;
}
const verdictColours = { pass: 'green', fail: 'red', inconclusive: 'yellow' } as const;

export function summaryLines(context: Pick<CommandContext, 'colour'>, selftest: Selftest, verdict: Verdict): string {
  const count = (outcome: SelftestCase['outcome']) => selftest.cases.filter((one) => one.outcome === outcome).length;
  const identical = selftest.cases.find(({ claim }) => claim === null);
  const planted = selftest.cases.filter(({ claim }) => claim !== null).length;
  const paint = (text: string) =>
    context.colour ? styleText(['bold', verdictColours[verdict]], text, { validateStream: false }) : text;
  const parts = [
    ...(planted === 0 ? [] : [`${count('found')} of ${planted} ${planted === 1 ? 'regression' : 'regressions'} found`]),
    ...(identical === undefined ? [] : [identicalInWords(identical)]),
    formatDuration(selftest.wallMs),
  ];
  const left = selftest.notTried.length === 0 ? [] : [`  not tried: ${selftest.notTried.join(', ')}`];
  return [
    '',
    `  ${paint(verdict.toUpperCase())}  ${parts.join(', ')}`,
    `  ${summaryOf(selftest, verdict)}`,
    ...left,
    '',
  ].join('\n');
}

function identicalInWords(one: SelftestCase): string {
  if (one.outcome === 'false-alarm') return 'identical arms raised a false alarm';
  return provesNothing(one) ? 'identical arms prove nothing' : 'identical arms quiet';
}

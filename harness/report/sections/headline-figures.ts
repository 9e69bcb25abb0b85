/** The four figures that a hurried reader looks for, each with its limit and outcome. */
import type { Finding, Result } from '../../model/result.ts';
import { formatLimitPhrase } from '../format/limit.ts';
import { fixedSpace, formatCount, noValue } from '../format/number.ts';
import {
  formatChange,
  formatChangeInterval,
  formatChangeLimit,
  formatInterval,
  formatValue,
} from '../format/quantity.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import { outcomeOf } from '../outcome.ts';

interface Headline {
  label: string;
  findingId: string;
}

const headlines: readonly Headline[] = [
  { label: 'p99 at 100 users', findingId: 'LAT-500-BASELINE' },
  { label: 'p99 at 500 users', findingId: 'LAT-500-TARGET' },
  { label: 'cost of row-level security', findingId: 'RLS-COST' },
  { label: 'leaks between tenants', findingId: 'SEC-ISO' },
];

const comparedHeadlines: readonly Headline[] = [
  { label: 'median latency', findingId: 'CMP-MEDIAN' },
  { label: 'tail latency', findingId: 'CMP-TAIL' },
  { label: 'CPU per request', findingId: 'CMP-CPU' },
  { label: 'statements per request', findingId: 'CMP-STATEMENTS' },
];

/** The limit in the form of the figure above it: the cost of row-level security is a change, not a ratio. */
function limitText(finding: Finding): string {
  if (finding.unit !== 'ratio' || finding.limit === null || finding.margin !== undefined)
    return formatLimitPhrase(finding);
  return `limit ≤${fixedSpace}${formatChangeLimit(finding.limit)}`;
}

function detail(finding: Finding): string {
  const { quantity } = finding;
  if (quantity === null) return limitText(finding);
  if (quantity.unit === 'count') return `of ${formatCount(quantity.samples)} probes; ${limitText(finding)}`;
  const interval = quantity.unit === 'ratio' ? formatChangeInterval(quantity) : formatInterval(quantity);
  return interval === null ? limitText(finding) : `${interval}; ${limitText(finding)}`;
}

function figure(finding: Finding): string {
  const { quantity } = finding;
  if (quantity === null) return noValue;
  return quantity.unit === 'ratio' ? formatChange(quantity.value) : formatValue(quantity.value, quantity.unit);
}

export function headlineFigures(result: Result): Markup {
  const shown = result.comparison === undefined ? headlines : comparedHeadlines;
  const cells = shown.map(({ label, findingId }) => {
    const finding = result.findings.find((candidate) => candidate.id === findingId);
    if (finding === undefined) {
      return markup`<div><dt>${label}</dt><dd class="figure">${noValue}</dd><dd>${outcomeBadge('not-measured')}</dd></div>\n`;
    }
    return markup`<div><dt>${label}</dt><dd class="figure">${figure(finding)}</dd><dd>${detail(finding)}</dd><dd>${outcomeBadge(outcomeOf(finding))}</dd></div>\n`;
  });
  return markup`<dl class="headlines">${cells}</dl>\n`;
}

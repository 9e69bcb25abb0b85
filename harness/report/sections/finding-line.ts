/** A finding in one line: what it is, what was observed beside its limit, how it ended. */
import type { Finding } from '../../model/result.ts';
import { formatFindingLimit, formatLimitPhrase } from '../format/limit.ts';
import { formatObservedLine } from '../format/observed.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import { outcomeOf } from '../outcome.ts';

function findingLine(finding: Finding): Markup {
  const observed =
    finding.quantity === null
      ? markup`${finding.explanation} Limit ${formatFindingLimit(finding)}.`
      : markup`${formatObservedLine(finding.quantity, finding)}; ${formatLimitPhrase(finding)}.`;
  const needs = finding.outcome === 'inconclusive' && finding.needs !== null ? ` Needs ${finding.needs}.` : null;
  return markup`<li>${outcomeBadge(outcomeOf(finding))} <b>${finding.id}</b> ${observed}${needs}</li>`;
}

/** Nothing where there is no finding. */
export function findingLines(findings: readonly Finding[]): Markup | null {
  return findings.length === 0 ? null : markup`<ul class="lines">${findings.map(findingLine)}</ul>`;
}

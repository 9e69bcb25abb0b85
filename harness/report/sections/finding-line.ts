/** A finding in one line: what it is, what was observed beside its limit, how it ended. */
import type { Finding } from '../../model/result.ts';
import { formatFindingLimit } from '../format/limit.ts';
import { formatQuantity } from '../format/quantity.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import { outcomeOf } from '../outcome.ts';

export function findingLine(finding: Finding): Markup {
  const observed = finding.quantity === null ? finding.explanation : formatQuantity(finding.quantity);
  const limit = finding.limit === null ? null : markup`; limit ${formatFindingLimit(finding)}`;
  return markup`<li>${outcomeBadge(outcomeOf(finding))} <b>${finding.id}</b> ${observed}${limit}</li>`;
}

/** Nothing where there is no finding. */
export function findingLines(findings: readonly Finding[]): Markup | null {
  return findings.length === 0 ? null : markup`<ul class="lines">${findings.map(findingLine)}</ul>`;
}

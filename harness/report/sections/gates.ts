/** Section: every finding, limit beside observed; the gated ones first, then what this profile does not measure. */
import type { Finding, Result } from '../../model/result.ts';
import { formatBounds, formatFindingLimit } from '../format/limit.ts';
import { formatCount, formatExact, noValue } from '../format/number.ts';
import { formatObserved, formatObservedLine } from '../format/observed.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import { outcomeOf } from '../outcome.ts';
import { table } from '../table.ts';
import type { Section } from './section.ts';

function evidenceRows(finding: Finding): Markup | null {
  if (finding.evidence.length === 0) return null;
  const lines = finding.evidence.map(
    (row) =>
      markup`<li>${row.label}${row.quantity === null ? null : markup`: ${formatObservedLine(row.quantity, finding)}`}${row.note === null ? null : markup` – ${row.note}`}${row.outcome === null ? null : markup` ${outcomeBadge(row.outcome)}`}</li>`,
  );
  // On paper only what does not hold is shown row by row; sections 5 to 7 print the figures of the rest.
  const place = outcomeOf(finding) === 'holds' ? markup` class="elsewhere"` : null;
  return markup`<details${place}><summary>Evidence, ${formatCount(lines.length)} ${lines.length === 1 ? 'row' : 'rows'}</summary><ul class="lines">${lines}</ul></details>`;
}

function claimCell(finding: Finding): Markup {
  const needs = finding.needs === null ? null : markup`<p class="small"><b>Needs</b> ${finding.needs}</p>`;
  const sources = finding.source.filter((row) => row !== finding.id).join(' · ');
  return markup`<b>${finding.title}</b><br /><span class="quiet ids">${finding.id}${sources === '' ? null : ` · ${sources}`}</span>
<p class="small">${finding.explanation}</p>${needs}<p class="small why">${finding.why}</p>${evidenceRows(finding)}`;
}

function limitCell(finding: Finding): Markup {
  const bounds = formatBounds(finding);
  if (bounds === null) return markup`${formatFindingLimit(finding)}`;
  return markup`<span>${bounds[0]}</span><br /><span>${bounds[1]}</span>`;
}

function observedCell(finding: Finding): Markup {
  const { quantity } = finding;
  if (quantity === null) return markup`${noValue}`;
  const { value, interval } = formatObserved(quantity, finding);
  return markup`<b>${value}</b>${interval === null ? null : markup`<br /><span class="interval">${interval}</span>`}`;
}

function samplesCell(finding: Finding): Markup {
  const { quantity } = finding;
  if (quantity === null) return markup`${noValue}`;
  const effective = quantity.effectiveSamples;
  return markup`${formatCount(quantity.samples)}${effective === undefined ? null : markup`<br /><span class="interval">${formatCount(Math.floor(effective))}</span>`}`;
}

function confidences(findings: readonly Finding[]): string {
  const levels = new Set(
    findings.flatMap((finding) => (finding.quantity === null ? [] : [finding.quantity.confidence])),
  );
  const list = [...levels].sort((a, b) => a - b).map((level) => `${formatExact(level * 100)} %`);
  return list.length === 0 ? '' : `; each bound of an interval is one-sided at ${list.join(' or ')}`;
}

function gateTable(caption: string, findings: readonly Finding[]): Markup | null {
  if (findings.length === 0) return null;
  return table({
    caption,
    narrow: 'stack',
    columns: [
      { title: 'Claim', width: 48, cell: claimCell },
      { title: 'Limit', numeric: true, width: 11, cell: limitCell },
      { title: 'Observed', numeric: true, width: 14, cell: observedCell },
      { title: 'n, effective n', numeric: true, width: 11, cell: samplesCell },
      { title: 'Outcome', width: 16, cell: (finding) => outcomeBadge(outcomeOf(finding)) },
    ],
    groups: [{ title: null, rows: findings }],
  });
}

const order = { broken: 0, inconclusive: 1, holds: 2, 'not-measured': 3 };

/** What needs attention comes first; within an outcome the order of the run. */
function byOutcome(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => order[outcomeOf(a)] - order[outcomeOf(b)]);
}

export function gatesSection(result: Result): Section {
  const gated = byOutcome(result.findings.filter((finding) => finding.gated));
  const seen = byOutcome(result.findings.filter((finding) => !finding.gated && outcomeOf(finding) !== 'not-measured'));
  const open = result.findings.filter((finding) => outcomeOf(finding) === 'not-measured');
  const none = result.findings.length === 0 ? markup`<p>No claim was judged.</p>` : null;
  return {
    id: 'gates',
    title: 'Gates',
    body: markup`${none}
${gateTable(`Gated claims: the verdict depends on these${confidences(gated)}`, gated)}
${gateTable('Measured, but not gated in this profile', seen)}
${gateTable('Not measured in this profile: neither a pass nor a failure', open)}`,
  };
}

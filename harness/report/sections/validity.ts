/** Section: whether the run may be believed; failed guards first. */
import type { Result, Validity } from '../../model/result.ts';
import { formatGuardLimit } from '../format/limit.ts';
import { formatPlural } from '../format/number.ts';
import { formatReading } from '../format/quantity.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import { table } from '../table.ts';
import { failedGuards } from '../verdict-sentence.ts';
import type { Section } from './section.ts';

function observed(guard: Validity): string {
  return guard.observed === null ? 'could not be read' : formatReading(guard.observed, guard.unit);
}

function scopeOf(guard: Validity): string {
  return guard.scope ?? 'whole run';
}

/** `why` says first what is watched, then why it matters. */
function guardCell(guard: Validity): Markup {
  return markup`<b>${guard.id}</b><p class="small">${guard.why}</p>`;
}

/** Guards that were met everywhere they watched, one row for each guard and limit. */
function groupMet(guards: readonly Validity[]): Validity[][] {
  const groups = Map.groupBy(guards, (guard) => `${guard.id} ${guard.limit} ${guard.unit}`);
  return [...groups.values()];
}

function failedTable(failed: readonly Validity[]): Markup | null {
  if (failed.length === 0) return null;
  return table({
    caption: 'Guards that failed',
    narrow: 'stack',
    columns: [
      { title: 'Guard', width: 46, cell: guardCell },
      { title: 'Watched', cell: scopeOf },
      { title: 'Limit', numeric: true, cell: formatGuardLimit },
      { title: 'Observed', numeric: true, cell: observed },
      { title: 'State', cell: () => outcomeBadge('broken', 'failed') },
    ],
    groups: [{ title: null, rows: failed }],
  });
}

function observedEach(guards: readonly Validity[]): Markup {
  const parts = guards.map((guard) => markup`<span class="pair">${scopeOf(guard)} <b>${observed(guard)}</b></span> `);
  return markup`${parts}`;
}

function metTable(met: readonly Validity[]): Markup | null {
  if (met.length === 0) return null;
  return table({
    caption: 'Guards that were met, with what was observed in each experiment they watched',
    narrow: 'stack',
    columns: [
      { title: 'Guard', width: 46, cell: ([first]: Validity[]) => (first === undefined ? null : guardCell(first)) },
      {
        title: 'Limit',
        numeric: true,
        width: 10,
        cell: ([first]) => (first === undefined ? null : formatGuardLimit(first)),
      },
      { title: 'Observed', cell: observedEach },
      { title: 'State', width: 10, cell: () => outcomeBadge('holds', 'met') },
    ],
    groups: [{ title: null, rows: groupMet(met) }],
  });
}

export function validitySection(result: Result): Section {
  const failed = failedGuards(result);
  const met = result.validity.filter((guard) => guard.ok);
  const checks = formatPlural(result.validity.length, 'check');
  const sentence =
    result.validity.length === 0
      ? 'No guard was read. A run that nothing watched is not valid.'
      : failed.length === 0
        ? `All ${checks} are met. The figures of this run may be believed within the limits named under “Method and limits”.`
        : `${failed.length} of ${checks} failed. Figures of an invalid run decide nothing; a leak that was seen stays seen.`;
  return {
    id: 'validity',
    title: 'Validity of the run',
    body: markup`<p>${sentence} A guard that cannot be read counts as failed.</p>
${failedTable(failed)}${metTable(met)}`,
  };
}

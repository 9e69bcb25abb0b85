/** Section: whether the run may be believed; failed guards first. */
import type { Result, Validity } from '../../model/result.ts';
import { formatGuardLimit } from '../format/limit.ts';
import { formatCount, formatPlural } from '../format/number.ts';
import { formatReading } from '../format/quantity.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import { table } from '../table.ts';
import { failedGuards } from '../verdict-sentence.ts';
import { areaOf, guardAreas } from './guard-areas.ts';
import type { Section } from './section.ts';

function observed(guard: Validity): string {
  return guard.observed === null ? 'could not be read' : formatReading(guard.observed, guard.unit);
}

function scopeOf(guard: Validity): string {
  return guard.scope ?? 'whole run';
}

/** `why` says first what is watched and what was found, then why it matters. */
function failedCell([guard]: readonly Validity[]): Markup | null {
  return guard === undefined ? null : markup`<b>${guard.id}</b><p class="small">${guard.why}</p>`;
}

/** Experiments of which the same is to be said stand in one row. */
function groupAlike(guards: readonly Validity[], nameOf: (guard: Validity) => string): Validity[][] {
  return [...Map.groupBy(guards, (guard) => `${guard.limit} ${guard.unit} ${nameOf(guard)}`).values()];
}

function limitCell([guard]: readonly Validity[]): string | null {
  return guard === undefined ? null : formatGuardLimit(guard);
}

function observedPairs(guards: readonly Validity[]): Markup {
  const parts = guards.map((guard) => markup`<span class="pair">${scopeOf(guard)} <b>${observed(guard)}</b></span> `);
  return markup`${parts}`;
}

function failedTable(failed: readonly Validity[]): Markup | null {
  if (failed.length === 0) return null;
  return table({
    caption: 'Guards that failed',
    narrow: 'stack',
    columns: [
      { title: 'Guard', width: 46, cell: failedCell },
      { title: 'Limit', numeric: true, width: 12, cell: limitCell },
      { title: 'Observed', cell: observedPairs },
      { title: 'State', width: 10, cell: () => outcomeBadge('broken', 'failed') },
    ],
    groups: [{ title: null, rows: groupAlike(failed, (guard) => `${guard.id} ${guard.why}`) }],
  });
}

/** One value where it was the same everywhere, as most counts of what must not happen are. */
function observedEach(guards: readonly Validity[]): Markup {
  const values = new Set(guards.map(observed));
  const [only = ''] = values;
  if (values.size === 1 && guards.length > 1)
    return markup`<b>${only}</b> <span class="quiet">in all ${formatCount(guards.length)}</span>`;
  return observedPairs(guards);
}

/** What is watched; why it matters is said where it failed. */
function metCell([guard]: readonly Validity[]): Markup | null {
  if (guard === undefined) return null;
  const [watched = guard.why] = guard.why.split(/\.(?:\s|$)/, 1);
  return markup`${guard.id}<span class="quiet small"> ${watched}</span>`;
}

/** Folded: a page of rows that say that nothing happened would hide those that say otherwise. On paper it stands open. */
function metTable(met: readonly Validity[]): Markup | null {
  if (met.length === 0) return null;
  const rows = groupAlike(met, ({ id }) => id);
  const groups = guardAreas.map((area) => ({
    title: area,
    rows: rows.filter(([guard]) => guard !== undefined && areaOf(guard.id) === area),
  }));
  const summary = `${formatPlural(met.length, 'check')} met, of ${formatPlural(rows.length, 'guard')}: limits and what was observed`;
  return markup`<details><summary>${summary}</summary>${table({
    caption: 'Guards that were met, with what was observed in each experiment they watched',
    narrow: 'stack',
    dense: true,
    columns: [
      { title: 'Guard', width: 46, cell: metCell },
      { title: 'Limit', numeric: true, width: 12, cell: limitCell },
      { title: 'Observed', cell: observedEach },
    ],
    groups,
  })}</details>
`;
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

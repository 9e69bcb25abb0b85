/** Section: the three approval conditions with the evidence that decides them. */
import type { Result } from '../../model/result.ts';
import { formatPlural } from '../format/number.ts';
import { formatDuration } from '../format/time.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import type { Outcome } from '../outcome.ts';
import { type ApprovalCondition, approvalConditions } from '../register/approval-conditions.ts';
import { table } from '../table.ts';
import { findingLines } from './finding-line.ts';
import type { Section } from './section.ts';

const conditionWords: Record<Outcome, string> = {
  holds: 'met',
  broken: 'not met',
  inconclusive: 'undecided',
  'not-measured': 'not measured',
};

function environmentEvidence(result: Result): Markup {
  const met = result.prerequisites.filter((prerequisite) => prerequisite.ok).length;
  const doctor =
    result.prerequisites.length === 0
      ? 'The doctor left no lines.'
      : `The doctor found ${met} of ${formatPlural(result.prerequisites.length, 'prerequisite')} met.`;
  const ready = `Every health check was green ${formatDuration(result.environmentReadyMs)} after the first process was started.`;
  return markup`<p>${ready} ${doctor}</p>`;
}

function evidence(condition: ApprovalCondition, result: Result): Markup {
  const supporting =
    condition.supportedBy.length === 0
      ? null
      : markup`<p>Beside it, not decisive:</p>${findingLines(condition.supportedBy)}`;
  const missing =
    condition.outcome === 'not-measured' && condition.remark === null
      ? markup`<p>Nothing was measured that decides it.</p>`
      : null;
  return markup`${findingLines(condition.decidedBy)}${condition.id === 'AC-1' ? environmentEvidence(result) : null}${missing}${supporting}${condition.remark === null ? null : markup`<p>${condition.remark}</p>`}`;
}

export function conditionsSection(result: Result): Section {
  return {
    id: 'conditions',
    title: 'Approval conditions',
    body: table({
      caption: 'The conditions of the phase 2 approval, each decided by the findings named beside it',
      narrow: 'stack',
      columns: [
        {
          title: 'Condition',
          width: 32,
          cell: (condition: ApprovalCondition) => markup`<b>${condition.id}</b><br />${condition.statement}`,
        },
        {
          title: 'Outcome',
          width: 16,
          cell: (condition) => outcomeBadge(condition.outcome, conditionWords[condition.outcome]),
        },
        { title: 'Evidence', cell: (condition) => evidence(condition, result) },
      ],
      groups: [{ title: null, rows: approvalConditions(result) }],
    }),
  };
}

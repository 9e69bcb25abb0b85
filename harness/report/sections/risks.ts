/** Section: the programme's risks and the stakeholders' questions, each with what this run says of it. */
import type { Finding, Result } from '../../model/result.ts';
import { formatValue } from '../format/quantity.ts';
import { type Markup, markup } from '../markup.ts';
import { outcomeBadge } from '../outcome-badge.ts';
import { type Outcome, outcomeOf } from '../outcome.ts';
import { recomputedFigures } from '../register/document-arithmetic.ts';
import { measuredFindings, outcomeOfRows } from '../register/finding-lookup.ts';
import { type Risk, risks } from '../register/risks.ts';
import { type StakeholderQuestion, stakeholderQuestions } from '../register/stakeholder-questions.ts';
import { table } from '../table.ts';
import type { Section } from './section.ts';

/** A claim that holds means that the risk did not show; one that is broken is a sign of it, not a proof of its cause. */
const riskWords: Record<Outcome, string> = {
  holds: 'no sign',
  broken: 'signs seen',
  inconclusive: 'undecided',
  'not-measured': 'not measured',
};

function findingShort(finding: Finding): Markup {
  const value = finding.quantity === null ? null : ` ${formatValue(finding.quantity.value, finding.quantity.unit)}`;
  return markup`<li>${outcomeBadge(outcomeOf(finding))} <b>${finding.id}</b>${value}</li>`;
}

function evidenceList(findings: readonly Finding[]): Markup {
  return markup`<ul class="lines runs">${findings.map(findingShort)}</ul>`;
}

/** Where some rows were measured and others not, the others are named: part of an answer is not the answer. */
function evidenceOf(result: Result, named: readonly string[], rows: readonly string[]): Markup {
  const findings = measuredFindings(result, [...named, ...rows]);
  const open = rows.filter((row) => measuredFindings(result, [row]).length === 0);
  const rest = open.length === 0 ? null : markup`<p>${outcomeBadge('not-measured')} ${open.join(', ')}</p>`;
  return markup`${findings.length === 0 ? null : evidenceList(findings)}${rest}`;
}

function riskEvidence(result: Result, risk: Risk): Markup {
  const isMeasured = measuredFindings(result, [risk.id, ...risk.rows]).length > 0;
  if (isMeasured) return evidenceOf(result, [risk.id], risk.rows);
  return markup`<span class="quiet">Would take ${risk.decidedBy}.</span>`;
}

function riskTable(result: Result): Markup {
  const outcome = (risk: Risk) => outcomeOfRows(result, [risk.id, ...risk.rows]);
  return table({
    caption: 'Risks of the programme, with the findings that name them',
    narrow: 'stack',
    columns: [
      { title: 'Risk', width: 34, cell: (risk: Risk) => markup`<b>${risk.id}</b> ${risk.title}` },
      { title: 'In this run', width: 16, cell: (risk) => outcomeBadge(outcome(risk), riskWords[outcome(risk)]) },
      { title: 'Evidence', cell: (risk) => riskEvidence(result, risk) },
    ],
    groups: [{ title: null, rows: risks }],
  });
}

function questionTable(result: Result): Markup {
  return table({
    caption: 'Questions of the steering committee, with the claims that bear on them',
    narrow: 'stack',
    columns: [
      {
        title: 'Question',
        width: 46,
        cell: (question: StakeholderQuestion) => markup`<b>${question.who}</b><br />${question.question}`,
      },
      { title: 'What this run says', cell: (question) => evidenceOf(result, [], question.rows) },
    ],
    groups: [{ title: null, rows: stakeholderQuestions }],
  });
}

function arithmeticTable(): Markup {
  return table({
    caption: 'Figures of the planning documents, computed again from their own premises',
    narrow: 'stack',
    columns: [
      { title: 'Figure', width: 46, cell: (figure) => figure.topic },
      { title: 'Stated', cell: (figure) => figure.stated },
      { title: 'Computed', cell: (figure) => figure.recomputed },
    ],
    groups: [{ title: null, rows: recomputedFigures() }],
  });
}

export function risksSection(result: Result): Section {
  return {
    id: 'risks',
    title: 'Risks and stakeholder questions',
    body: markup`${riskTable(result)}${questionTable(result)}${arithmeticTable()}`,
  };
}

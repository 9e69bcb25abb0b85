/** The three approval conditions, each decided by findings of the run and by nothing else. */
import type { Finding, Result } from '../../model/result.ts';
import { type Outcome, outcomeOf } from '../outcome.ts';
import { findingsFor } from './finding-lookup.ts';

export interface ApprovalCondition {
  id: string;
  statement: string;
  outcome: Outcome;
  /** Findings that decide it, then those that only bear on it. */
  decidedBy: Finding[];
  supportedBy: Finding[];
  /** Said where the run cannot decide the condition, or not alone. */
  remark: string | null;
}

interface ConditionRow {
  id: string;
  statement: string;
  /** Ids of the findings that decide it: all must hold. */
  decidedBy: readonly string[];
  remark: string | null;
}

const rows: readonly ConditionRow[] = [
  {
    id: 'AC-1',
    statement: 'The development environment is set up: Postgres 14 or later, Redis 7 or later, Vault.',
    decidedBy: ['AC-1'],
    remark: null,
  },
  {
    id: 'AC-2',
    statement: 'Load test at 100 users (baseline) and 500 users (target): p99 below 500 ms.',
    decidedBy: ['LAT-500-BASELINE', 'LAT-500-TARGET'],
    remark: null,
  },
  {
    id: 'AC-3',
    statement: 'Operational runbook: incident levels P0 to P3, recovery.',
    decidedBy: [],
    remark:
      'Recovery drills are not measured in this version. The runbook itself is a document: ' +
      'it must be attached and read by whoever signs.',
  },
];

/** Broken if any is broken; holds only if every deciding finding was measured and holds. */
function decide(row: ConditionRow, deciding: readonly Finding[]): Outcome {
  const outcomes = deciding.map(outcomeOf);
  if (outcomes.includes('broken')) return 'broken';
  if (row.decidedBy.length === 0 || outcomes.every((outcome) => outcome === 'not-measured')) return 'not-measured';
  const complete = deciding.length === row.decidedBy.length && outcomes.every((outcome) => outcome === 'holds');
  return complete ? 'holds' : 'inconclusive';
}

/** The conditions in their order, with what this run says of each. */
export function approvalConditions(result: Result): ApprovalCondition[] {
  return rows.map((row) => {
    const deciding = result.findings.filter((finding) => row.decidedBy.includes(finding.id));
    const supporting = findingsFor(result, row.id).filter((finding) => !deciding.includes(finding));
    const measured = supporting.filter((finding) => outcomeOf(finding) !== 'not-measured');
    return {
      id: row.id,
      statement: row.statement,
      outcome: decide(row, deciding),
      decidedBy: deciding,
      supportedBy: measured,
      remark: row.remark,
    };
  });
}

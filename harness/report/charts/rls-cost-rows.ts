/** The cost of row-level security as rows: all endpoints together, then each. For the chart and the table beside it. */
import type { Quantity } from '../../model/quantity.ts';
import type { Finding, Result } from '../../model/result.ts';
import { type Outcome, outcomeOf } from '../outcome.ts';

export interface RlsCostRow {
  label: string;
  quantity: Quantity;
  /** null where the row is shown and not judged. */
  outcome: Outcome | null;
  /** What the row compares, where that is not RLS against the explicit filter. */
  note: string | null;
}

export function rlsCostFinding(result: Result): Finding | null {
  return result.findings.find((finding) => finding.id === 'RLS-COST') ?? null;
}

/** Empty where the cost was not measured. */
export function rlsCostRows(finding: Finding): RlsCostRow[] {
  const overall =
    finding.quantity?.unit === 'ratio'
      ? [{ label: 'all endpoints', quantity: finding.quantity, outcome: outcomeOf(finding), note: null }]
      : [];
  const rows = finding.evidence.flatMap((row) =>
    row.quantity?.unit === 'ratio'
      ? [{ label: row.label, quantity: row.quantity, outcome: row.outcome, note: row.note }]
      : [],
  );
  return [...overall, ...rows];
}

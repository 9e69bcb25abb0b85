/** Finds what a run says about a row of the claims register. */
import type { Finding, Result } from '../../model/result.ts';
import { type Outcome, outcomeOf, worstOutcome } from '../outcome.ts';

/** Findings that are the row, or name it in their `source`. */
export function findingsFor(result: Result, row: string): Finding[] {
  return result.findings.filter((finding) => finding.id === row || finding.source.includes(row));
}

/** The findings of any of these rows that were measured, each once, in the order of the run. */
export function measuredFindings(result: Result, rows: readonly string[]): Finding[] {
  const bearing = new Set(rows.flatMap((row) => findingsFor(result, row)));
  return result.findings.filter((finding) => bearing.has(finding) && outcomeOf(finding) !== 'not-measured');
}

/** The worst outcome among what was measured for these rows. */
export function outcomeOfRows(result: Result, rows: readonly string[]): Outcome {
  return worstOutcome(measuredFindings(result, rows).map(outcomeOf));
}

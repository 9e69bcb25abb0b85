/** What can be wrong with a tenant's chain. */

/**
 * changed: the row's hash is not that of its fields, or the next row remembers another. removed: numbers are missing. inserted: a row
 * that the chain has no place for. reordered: the row's hash is right for another place. no-head: rows, and nothing that says
 * where they end. anchor: what an anchor remembers is not there any more.
 */
export type AuditProblemKind = 'changed' | 'removed' | 'inserted' | 'reordered' | 'no-head' | 'anchor';

export interface AuditProblem {
  tenantId: string;
  kind: AuditProblemKind;
  /** First and last number of the chain that it is about. */
  from: bigint;
  to: bigint;
  what: string;
}

/** Consecutive tenants that are generated and copied together: small ones do not pay for a COPY of their own. */
import type { TenantPlan } from './tenant-plans.ts';

/** About 1.5 MB of text: large enough to hide the cost of twelve COPY commands, small enough to keep memory low. */
const ROWS_PER_BATCH = 8_000;

export function batchTenants(plans: readonly TenantPlan[]): TenantPlan[][] {
  const batches: TenantPlan[][] = [];
  let rows = ROWS_PER_BATCH;
  for (const plan of plans) {
    if (rows >= ROWS_PER_BATCH) {
      batches.push([]);
      rows = 0;
    }
    batches.at(-1)?.push(plan);
    rows += plan.rows;
  }
  return batches;
}

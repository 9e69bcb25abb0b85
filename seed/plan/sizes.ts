/** How many rows each tenant has: a bounded Pareto law at its quantiles, so that it holds for any number of tenants. */

/** The largest tenants have this many times the median. */
export const LARGEST_TO_MEDIAN = 50;
/** Share of tenants that are as large as the law allows: 1 of 20, 3 of 100, 25 of 1,000. */
const LARGEST_SHARE = 0.025;
/** Pareto shape at which the largest share begins exactly at LARGEST_TO_MEDIAN; about 0.77. */
const PARETO_SHAPE = Math.log(0.5 / LARGEST_SHARE) / Math.log(LARGEST_TO_MEDIAN);
/** With fewer rows a tenant could not have three roles and something in every table. */
export const SMALLEST_ROWS = 40;

/** Size at a quantile, relative to the median. */
function relativeSize(quantile: number): number {
  return Math.min(LARGEST_TO_MEDIAN, (2 * (1 - quantile)) ** (-1 / PARETO_SHAPE));
}

/** Rows by rank, smallest first; their mean is `rowsPerTenant`, apart from tenants lifted to SMALLEST_ROWS. */
export function sizesByRank(tenants: number, rowsPerTenant: number): number[] {
  const weights = Array.from({ length: tenants }, (_, rank) => relativeSize((rank + 0.5) / tenants));
  const totalWeight = weights.reduce((sum, weight) => sum + weight, 0);
  const total = tenants * rowsPerTenant;
  let weightSoFar = 0;
  let rowsSoFar = 0;
  return weights.map((weight) => {
    // Rounding the running total, not each size, makes the sizes add up exactly.
    weightSoFar += weight;
    const rows = Math.round((weightSoFar / totalWeight) * total) - rowsSoFar;
    rowsSoFar += rows;
    return Math.max(SMALLEST_ROWS, rows);
  });
}

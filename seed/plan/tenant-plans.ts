/** The plan of a load: tier and size of every tenant, a pure function of (seed, number of tenants, rows per tenant). */
import { createRandom } from '../random/random.ts';
import { sizesByRank } from './sizes.ts';
import { assignTiers } from './tiers.ts';
import type { Tier } from './tiers.ts';

export interface TenantPlan {
  /** From 0; with the seed it determines the tenant's random stream. */
  index: number;
  tier: Tier;
  /** Over all tables, its own row in `tenants` included. */
  rows: number;
}

export interface PlanRequest {
  seed: string;
  tenants: number;
  rowsPerTenant: number;
}

/** Higher tiers tend to be larger, but there are large starters and small enterprises: a shift of the random rank. */
const tierShift: Record<Tier, number> = { starter: 0, pro: 0.3, enterprise: 0.6 };

export function planTenants(request: PlanRequest): TenantPlan[] {
  const { seed, tenants, rowsPerTenant } = request;
  const tierOf = assignTiers(tenants, createRandom(seed, 'tiers'));
  const random = createRandom(seed, 'sizes');
  const plans = tierOf.map((tier, index) => ({
    index,
    tier,
    rows: 0,
    key: random.uint32() / 2 ** 32 + tierShift[tier],
  }));
  const sizes = sizesByRank(tenants, rowsPerTenant);
  plans
    .toSorted((a, b) => a.key - b.key || a.index - b.index)
    .forEach((plan, rank) => {
      plan.rows = sizes[rank] ?? 0;
    });
  return plans.map(({ index, tier, rows }) => ({ index, tier, rows }));
}

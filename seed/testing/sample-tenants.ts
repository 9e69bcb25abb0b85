/** A few generated tenants of every tier and size, read back into rows. For tests. */
import { buildDictionary } from '../dictionary.ts';
import { buildMarket } from '../market/market.ts';
import type { ManifestTenant } from '../manifest.ts';
import type { TenantPlan } from '../plan/tenant-plans.ts';
import { generateTenant } from '../tenant/generate-tenant.ts';
import type { World } from '../tenant/tenant-context.ts';
import { tenantTableNames } from '../text/tables.ts';
import type { TenantTable } from '../text/tables.ts';
import { readRows } from './read-rows.ts';
import type { Row } from './read-rows.ts';

export interface ReadTenant {
  plan: TenantPlan;
  entry: ManifestTenant;
  rows: Record<TenantTable, Row[]>;
  text: string;
}

export function buildWorld(seed: string): World {
  const dictionary = buildDictionary(seed);
  return { seed, dictionary, market: buildMarket(seed, dictionary) };
}

export function readTenant(world: World, plan: TenantPlan): ReadTenant {
  const { tables, entry } = generateTenant(world, plan);
  const rows = Object.fromEntries(tenantTableNames.map((table) => [table, readRows(table, tables[table].text)]));
  const text = tenantTableNames.map((table) => tables[table].text).join('');
  return { plan, entry, rows: rows as Record<TenantTable, Row[]>, text };
}

/** From the smallest that there is to one of ten thousand rows. */
export const samplePlans: readonly TenantPlan[] = [
  { index: 0, tier: 'starter', rows: 40 },
  { index: 1, tier: 'enterprise', rows: 75 },
  { index: 2, tier: 'pro', rows: 500 },
  { index: 3, tier: 'starter', rows: 3_000 },
  { index: 4, tier: 'enterprise', rows: 10_000 },
];

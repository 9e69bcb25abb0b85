/** The COPY bytes of several tenants, table by table, as they go to the database or into files. */
import type { ManifestTenant } from '../manifest.ts';
import type { TenantPlan } from '../plan/tenant-plans.ts';
import { generateTenant } from '../tenant/generate-tenant.ts';
import { PASSWORD_HASH_PLACEHOLDER } from '../tenant/people.ts';
import type { World } from '../tenant/tenant-context.ts';
import { tenantTableNames } from '../text/tables.ts';
import type { TenantTable } from '../text/tables.ts';

interface TableBytes {
  table: TenantTable;
  bytes: Uint8Array<ArrayBuffer>;
  rows: number;
}

export interface GeneratedBatch {
  /** In the order of loading. */
  tables: TableBytes[];
  tenants: ManifestTenant[];
  rows: number;
}

/** What a worker needs to know, once. */
export interface GenerationContext {
  world: World;
  /** PHC string of the demo password's hash. */
  passwordHash: string;
}

export function generateBatch(
  { world, passwordHash }: GenerationContext,
  plans: readonly TenantPlan[],
): GeneratedBatch {
  const generated = plans.map((plan) => generateTenant(world, plan));
  const encoder = new TextEncoder();
  const tables = tenantTableNames.map((table): TableBytes => {
    const text = generated.map((tenant) => tenant.tables[table].text).join('');
    const complete = table === 'users' ? text.replaceAll(PASSWORD_HASH_PLACEHOLDER, () => passwordHash) : text;
    const rows = generated.reduce((sum, tenant) => sum + tenant.tables[table].rows, 0);
    return { table, bytes: encoder.encode(complete), rows };
  });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return { tables, tenants: generated.map(({ entry }) => entry), rows };
}

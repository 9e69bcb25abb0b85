/** What the probes in SQL play with: a session as the application's role, a few tenants, their tables and a row of each. */
import type pg from 'pg';
import type { ManifestTenant } from '../../../model/manifest.ts';
import { PROTECTED_TABLES } from '../../postgres-security.ts';
import type { ProbeScene } from '../probe-scene.ts';
import { tenantPairs } from '../tenant-pairs.ts';
import { type AppSession, inContext } from './app-session.ts';
import { type TableFacts, readTableFacts } from './table-facts.ts';

export type Row = Record<string, unknown>;

export interface SqlScene extends ProbeScene {
  database: string;
  app: AppSession;
  /** The same, for COPY. */
  copier: AppSession;
  /** The superuser, beside it. */
  admin: pg.Client;
  tables: readonly TableFacts[];
  pairs: readonly TenantPair[];
}

export interface TenantPair {
  tenant: ManifestTenant;
  /** Another one: whoever must not be reached. */
  other: ManifestTenant;
  own: SampleRows;
  foreign: SampleRows;
}

/** Another pair for each thing that is tried: together they are all tried, each alone as often as one would be. */
export function pairAt(pairs: readonly TenantPair[], index: number): TenantPair {
  const pair = pairs[index % pairs.length];
  if (pair === undefined) throw new Error('no pair of tenants plays');
  return pair;
}

/** A row of each table; a table without one has none. */
export type SampleRows = ReadonlyMap<string, Row>;

export async function buildSqlScene(
  scene: ProbeScene,
  connections: Pick<SqlScene, 'app' | 'copier' | 'admin' | 'database'>,
): Promise<SqlScene> {
  const { app, admin } = connections;
  const tables = await readTableFacts(admin, scene.system.postgres.appUser, PROTECTED_TABLES);
  const samples = new Map<ManifestTenant, SampleRows>();
  const players = tenantPairs(scene.manifest.tenants);
  for (const { owner } of players) samples.set(owner, await readSamples(app.client, owner.id, tables));
  const none: SampleRows = new Map();
  const pairs = players.map(({ owner, stranger }): TenantPair => ({
    tenant: owner,
    other: stranger,
    own: samples.get(owner) ?? none,
    foreign: samples.get(stranger) ?? none,
  }));
  return { ...scene, ...connections, tables, pairs };
}

/** What the tenant itself sees, with its keys filled where it can be had. */
async function readSamples(client: pg.Client, tenantId: string, tables: readonly TableFacts[]): Promise<SampleRows> {
  return await inContext(client, tenantId, async () => {
    const samples = new Map<string, Row>();
    for (const { name, nullableColumns } of tables) {
      const order = nullableColumns.map((column) => `(t.${column} is null)`);
      const { rows } = await client.query<{ row: Row }>(
        `select to_jsonb(t) as row from ${name} t where tenant_id = $1
          ${order.length === 0 ? '' : `order by ${order.join(', ')}`} limit 1`,
        [tenantId],
      );
      if (rows[0] !== undefined) samples.set(name, rows[0].row);
    }
    return samples;
  });
}

/** What the probes of the connection pool play with: a session in several tenants, and how many connections the service has. */
import type pg from 'pg';
import type { ManifestTenant } from '../../../model/manifest.ts';
import { adminClient } from '../../postgres-client.ts';
import { maxOf } from '../../prometheus-text.ts';
import { scrapeService } from '../../service-scrapes.ts';
import type { ProbeScene } from '../probe-scene.ts';
import { sessionCookies } from '../session-cookies.ts';
import { tenantPairs } from '../tenant-pairs.ts';

export interface Player {
  tenant: ManifestTenant;
  /** Of a trader: may read and write. */
  cookie: string;
}

export interface PoolScene extends ProbeScene {
  database: string;
  /** The superuser, beside the service. */
  admin: pg.Client;
  players: readonly [Player, Player, ...Player[]];
  /** Connections that the service's pool may open. */
  connections: number;
}

/** What production has, where a service does not tell. */
const USUAL_CONNECTIONS = 10;

/** The administrator's connection is open then; whoever called ends it. */
export async function buildPoolScene(scene: ProbeScene): Promise<PoolScene> {
  const { system, service, manifest } = scene;
  const tenants = tenantPairs(manifest.tenants).map(({ owner }) => owner);
  const cookies = await sessionCookies(system.vault, service.url, tenants);
  const players = tenants.map((tenant, index): Player => ({ tenant, cookie: cookies[index] ?? '' }));
  const [first, second, ...rest] = players;
  if (first === undefined || second === undefined) throw new Error('the probes of the pool need at least two tenants');
  const connections = maxOf(await scrapeService(service), 'database_pool_max') ?? USUAL_CONNECTIONS;
  const database = service.database ?? system.postgres.database;
  const admin = adminClient(system, database);
  await admin.connect();
  return { ...scene, database, admin, players: [first, second, ...rest], connections };
}

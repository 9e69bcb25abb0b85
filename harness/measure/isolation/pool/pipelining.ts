/** Probes of a pipelined connection, used as the service uses its own: what fails in the middle must not shift a context onto others. */
import pg from 'pg';
import type { System } from '../../../model/system.ts';
import { type Look, asControl, asProbe } from '../look.ts';
import { becomeRole } from '../sql/app-session.ts';
import { type Answer, SUCCESS, ask } from '../sql/answer.ts';
import type { Player, PoolScene } from './pool-scene.ts';

/** Sent without waiting in between. */
interface Batch {
  texts: (tenantId: string) => [text: string, values: unknown[]][];
}

const begin: [string, unknown[]] = ['begin', []];
const commit: [string, unknown[]] = ['commit', []];
const context = (tenantId: string): [string, unknown[]] => ["select set_config('app.tenant_id', $1, true)", [tenantId]];
const owners: [string, unknown[]] = ['select distinct tenant_id::text as owner from orders', []];

const failingBatches: Record<string, Batch> = {
  'first message fails': { texts: (id) => [['begin nonsense', []], context(id), owners, commit] },
  'context cannot be set': {
    texts: () => [begin, ["select set_config('app.tenant_id', (1 / $1::int)::text, true)", [0]], owners, commit],
  },
  'query fails': { texts: (id) => [begin, context(id), ['select 1 / $1::int', [0]], owners, commit] },
  'commit never comes': { texts: (id) => [begin, context(id), owners, ['select 1 / $1::int', [0]], ['rollback', []]] },
};

const TASKS_EACH = 15;
/** Fewer than tenants that use them. */
const CONNECTIONS = 2;

export async function lookAtPipelining(scene: PoolScene): Promise<Look[]> {
  const pool = openPool(scene.system, scene.database);
  try {
    const looks: Look[] = [];
    const client = await checkOut(pool, scene.system);
    try {
      for (const [name, batch] of Object.entries(failingBatches))
        looks.push(...(await lookAfter(client, scene, name, batch)));
    } finally {
      client.release(true);
    }
    return [...looks, ...(await shareFew(pool, scene))];
  } finally {
    await pool.end();
  }
}

function openPool({ postgres }: System, database: string): pg.Pool {
  const { host, port, adminUser: user, adminPassword: password } = postgres;
  const pool = new pg.Pool({
    host,
    port,
    database,
    user,
    password,
    max: CONNECTIONS,
    pipeline: true,
    query_timeout: 5_000,
  });
  // A connection that is lost while idle shows in the next query; unheard, the event would end the process.
  pool.on('error', () => undefined);
  return pool;
}

const bound = new WeakSet<pg.ClientBase>();

/** With the rights of the application's role, from its first use on. */
async function checkOut(pool: pg.Pool, { postgres }: System): Promise<pg.PoolClient> {
  const client = await pool.connect();
  if (bound.has(client)) return client;
  try {
    await becomeRole(client, postgres.appUser);
    bound.add(client);
    return client;
  } catch (error) {
    client.release(true);
    throw error;
  }
}

function send(client: pg.ClientBase, { texts }: Batch, tenantId: string): Promise<Answer[]> {
  return Promise.all(texts(tenantId).map(([text, values]) => ask(client, text, values)));
}

const wholeBatch: Batch = { texts: (id) => [begin, context(id), owners, commit] };

async function lookAfter(client: pg.ClientBase, { players }: PoolScene, name: string, batch: Batch): Promise<Look[]> {
  const probe = `pool: pipeline whose ${name}`;
  const looks: Look[] = [];
  for (const [index, { tenant }] of players.entries()) {
    const next = players[(index + 1) % players.length]?.tenant ?? tenant;
    const failed = await send(client, batch, tenant.id);
    const inBatch = ownersIn(failed).filter((owner) => owner !== tenant.id);
    const [left] = await send(client, { texts: () => [owners] }, '');
    const served = ownersIn(await send(client, wholeBatch, next.id));
    const stray = [
      ...inBatch,
      ...ownersIn(left === undefined ? [] : [left]),
      ...served.filter((owner) => owner !== next.id),
    ];
    const outcome = stray.length > 0 ? 'violation' : failed.some(({ state }) => state !== SUCCESS) ? 'ok' : 'undecided';
    looks.push(
      asProbe(probe, outcome, `after ${tenant.slug}, rows of ${stray.length} tenants that were not asked for`),
      asControl(
        probe,
        served.includes(next.id) ? 'ok' : 'violation',
        `${next.slug}, next on the connection, saw no row of its own`,
      ),
    );
  }
  return looks;
}

function ownersIn(answers: readonly Answer[]): string[] {
  return answers.flatMap(({ rows }) => rows.flatMap(({ owner }) => (typeof owner === 'string' ? [owner] : [])));
}

async function shareFew(pool: pg.Pool, scene: PoolScene): Promise<Look[]> {
  const probe = 'pool: pipelines of many tenants over few connections';
  const tasks = Array.from({ length: TASKS_EACH * scene.players.length }, async (_, index): Promise<Look[]> => {
    const { tenant }: Player = scene.players[index % scene.players.length] ?? scene.players[0];
    const client = await checkOut(pool, scene.system);
    try {
      const seen = ownersIn(await send(client, wholeBatch, tenant.id));
      const foreign = seen.filter((owner) => owner !== tenant.id).length;
      return [
        asProbe(probe, foreign === 0 ? 'ok' : 'violation', `${tenant.slug} saw rows of ${foreign} others`),
        asControl(probe, seen.includes(tenant.id) ? 'ok' : 'violation', `${tenant.slug} saw no row of its own`),
      ];
    } finally {
      client.release();
    }
  });
  return (await Promise.all(tasks)).flat();
}

/** Probes through PgBouncer in transaction mode: tenants share one server connection, and none must meet the context of another. */
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type pg from 'pg';
import { type Look, asControl, asProbe } from '../look.ts';
import { type Answer, ask } from '../sql/answer.ts';
import { setContext } from '../sql/app-session.ts';
import type { PoolScene } from './pool-scene.ts';
import { type PgBouncer, startPgBouncer } from './pgbouncer-process.ts';

/** How the client before ended; null: it hangs up in the middle of its transaction. */
const endings: Record<string, readonly string[] | null> = {
  commit: ['commit'],
  rollback: ['rollback'],
  'an error': ['select 1 / 0', 'commit'],
  'a statement that took too long': ["set local statement_timeout = '5ms'", 'select pg_sleep(5)', 'rollback'],
  'a client that hung up': null,
};

const rows = 'select distinct tenant_id::text as owner from orders';

/** Nothing where the machine has no PgBouncer: what was not probed is said, and never counted as a probe that went well. */
export async function lookThroughPgBouncer(scene: PoolScene): Promise<Look[]> {
  const program = await findOnPath('pgbouncer');
  if (program === null) {
    scene.note?.('PgBouncer is not installed: its probes are left out');
    return [];
  }
  const bouncer = await startPgBouncer(program, scene.system, scene.database);
  try {
    const looks: Look[] = [];
    for (const [name, ending] of Object.entries(endings))
      looks.push(...(await lookAfter(bouncer, scene, name, ending)));
    return [...looks, ...(await interleave(bouncer, scene))];
  } finally {
    await bouncer.stop();
  }
}

async function findOnPath(name: string): Promise<string | null> {
  // Debian puts servers where ordinary users do not look.
  for (const folder of [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']) {
    const candidate = join(folder, name);
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return candidate;
  }
  return null;
}

async function withClient<T>(bouncer: PgBouncer, action: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = bouncer.client();
  try {
    await client.connect();
    return await action(client);
  } finally {
    await client.end();
  }
}

function ownersIn(answers: readonly Answer[]): unknown[] {
  return answers.flatMap((answer) => answer.rows.map(({ owner }) => owner));
}

async function serve(client: pg.Client, tenantId: string): Promise<unknown[]> {
  await client.query('begin');
  await setContext(client, tenantId);
  return ownersIn([await ask(client, rows)]);
}

async function lookAfter(
  bouncer: PgBouncer,
  { players }: PoolScene,
  name: string,
  ending: readonly string[] | null,
): Promise<Look[]> {
  const probe = `pool: PgBouncer, context after ${name}`;
  const looks: Look[] = [];
  for (const [index, { tenant }] of players.entries()) {
    const next = players[(index + 1) % players.length]?.tenant ?? tenant;
    const own = await withClient(bouncer, async (client) => {
      const seen = await serve(client, tenant.id);
      for (const text of ending ?? []) await ask(client, text);
      return seen;
    });
    const { left, served } = await withClient(bouncer, async (client) => {
      const nobodys = ownersIn([await ask(client, rows)]);
      const seen = await serve(client, next.id);
      await client.query('rollback');
      return { left: nobodys, served: seen };
    });
    const stray = [...left, ...served.filter((owner) => owner !== next.id)].length;
    const controlled = own.includes(tenant.id) && served.includes(next.id);
    looks.push(
      asProbe(
        probe,
        stray === 0 ? 'ok' : 'violation',
        `after ${tenant.slug}, rows of ${stray} tenants that were not asked for`,
      ),
      asControl(probe, controlled ? 'ok' : 'violation', `${tenant.slug} or ${next.slug} saw no row of its own`),
    );
  }
  return looks;
}

/** All at once, each in transactions of its own over the one connection. */
async function interleave(bouncer: PgBouncer, { players }: PoolScene): Promise<Look[]> {
  const probe = 'pool: PgBouncer, many tenants over one connection';
  const transactions = 5;
  const looks = players.map(({ tenant }) =>
    withClient(bouncer, async (client) => {
      const seen: Look[] = [];
      for (let turn = 0; turn < transactions; turn += 1) {
        const owners = await serve(client, tenant.id);
        await client.query('commit');
        const foreign = owners.filter((owner) => owner !== tenant.id).length;
        seen.push(
          asProbe(probe, foreign === 0 ? 'ok' : 'violation', `${tenant.slug} saw rows of ${foreign} others`),
          asControl(probe, owners.includes(tenant.id) ? 'ok' : 'violation', `${tenant.slug} saw no row of its own`),
        );
      }
      return seen;
    }),
  );
  return (await Promise.all(looks)).flat();
}

/** Probes of what a request leaves on its connection, however it ended: whoever comes next without a context must see nothing. */
import type pg from 'pg';
import { type Look, asControl, asProbe } from '../look.ts';
import { SUCCESS, ask, describeAnswer } from './answer.ts';
import { openAppSession, setContext } from './app-session.ts';
import { cancelSleeper } from './cancel-sleeper.ts';
import type { SqlScene, TenantPair } from './sql-scene.ts';

/** Ends the transaction that serves a tenant; it has read its rows already. */
type Ending = (client: pg.Client, scene: SqlScene, pid: number) => Promise<void>;

const fails = 'select 1 / 0';

const endings: Record<string, Ending> = {
  commit: async (client) => void (await client.query('commit')),
  rollback: async (client) => void (await client.query('rollback')),
  'an error, then commit': async (client) => {
    await mustFail(client, fails);
    await client.query('commit');
  },
  'an error, then rollback': async (client) => {
    await mustFail(client, fails);
    await client.query('rollback');
  },
  'a rolled back savepoint': async (client) => {
    await client.query('rollback to savepoint before_context');
    await client.query('commit');
  },
  'a cancelled statement': async (client, { admin }, pid) => {
    await cancelSleeper(client, admin, pid);
    await client.query('rollback');
  },
  'a statement that took too long': async (client) => {
    await client.query("set local statement_timeout = '5ms'");
    await mustFail(client, 'select pg_sleep(5)');
    await client.query('rollback');
  },
};

export async function lookAtLeftContexts(scene: SqlScene): Promise<Look[]> {
  const session = await openAppSession(scene.system, scene.database);
  const looks: Look[] = [];
  try {
    for (const pair of scene.pairs) {
      for (const [name, end] of Object.entries(endings))
        looks.push(...(await lookAfter(scene, pair, { name, end, client: session.client, pid: session.pid })));
      looks.push(...(await lookAfterNoTransaction(session.client, pair)));
    }
    return looks;
  } finally {
    await session.end();
  }
}

interface Ended {
  name: string;
  end: Ending;
  client: pg.Client;
  pid: number;
}

async function lookAfter(
  scene: SqlScene,
  { tenant, other }: TenantPair,
  { name, end, client, pid }: Ended,
): Promise<Look[]> {
  const probe = `sql: context after ${name}`;
  await client.query('begin');
  await client.query('savepoint before_context');
  await setContext(client, tenant.id);
  const own = await ask(client, 'select from orders where tenant_id = $1 limit 1', [tenant.id]);
  await end(client, scene, pid);
  return [
    ...(await lookAtNext(client, probe, tenant.id, other.id)),
    asControl(probe, own.count > 0 ? 'ok' : 'violation', `${tenant.slug} saw no row of its own`),
  ];
}

/** Outside of a transaction "until its end" is until the end of the statement. */
async function lookAfterNoTransaction(client: pg.Client, { tenant, other }: TenantPair): Promise<Look[]> {
  const probe = 'sql: context set without a transaction';
  await setContext(client, tenant.id);
  return await lookAtNext(client, probe, tenant.id, other.id);
}

/** First without a context, then as another tenant: the control is that this one is served. */
async function lookAtNext(client: pg.Client, probe: string, before: string, next: string): Promise<Look[]> {
  const left = await ask(
    client,
    "select current_setting('app.tenant_id', true) as context, (select count(*)::int from orders) as visible",
  );
  const seen = left.rows[0];
  const clean = seen?.['visible'] === 0 && seen['context'] !== before;
  await client.query('begin');
  await setContext(client, next);
  const served = await ask(
    client,
    'select count(*) filter (where tenant_id = $1)::int as before, count(*) filter (where tenant_id = $2)::int as own from orders',
    [before, next],
  );
  await client.query('rollback');
  const failed = [left, served].find(({ state }) => state !== SUCCESS);
  if (failed !== undefined) return [asProbe(probe, 'undecided', describeAnswer(failed))];
  const { before: foreign, own } = served.rows[0] ?? {};
  const detail = `${String(seen?.['visible'])} rows visible without a context, then ${String(foreign)} of the one before`;
  return [
    asProbe(probe, clean && foreign === 0 ? 'ok' : 'violation', detail),
    asControl(probe, Number(own) > 0 ? 'ok' : 'violation', 'the next one saw no row of its own'),
  ];
}

async function mustFail(client: pg.Client, text: string): Promise<void> {
  const { state } = await ask(client, text);
  if (state === SUCCESS) throw new Error(`${text} was expected to fail`);
}

/** Probes of how Postgres runs a statement: parallel workers, plans and cursors that were made for one tenant and serve another. */
import type pg from 'pg';
import { type Look, asControl, asProbe } from '../look.ts';
import { SUCCESS, ask, describeAnswer } from './answer.ts';
import { inContext, openAppSession, setContext } from './app-session.ts';
import { type SqlScene, type TenantPair, pairAt } from './sql-scene.ts';

/** A plan that the planner would not choose for tables as small as these: https://www.postgresql.org/docs/18/runtime-config-query.html */
const parallel: Record<string, string> = {
  debug_parallel_query: 'on',
  parallel_setup_cost: '0',
  parallel_tuple_cost: '0',
  min_parallel_table_scan_size: '0',
  min_parallel_index_scan_size: '0',
  max_parallel_workers_per_gather: '2',
};

const counting = (table: string) =>
  `select count(*) filter (where tenant_id = $1)::int as own, count(*) filter (where tenant_id is distinct from $1)::int as foreign from ${table}`;

export async function lookAtExecutor(scene: SqlScene): Promise<Look[]> {
  const session = await openAppSession(scene.system, scene.database);
  try {
    const looks: Look[] = [];
    for (const [index, { name }] of scene.tables.entries())
      looks.push(...(await inParallel(session.client, name, pairAt(scene.pairs, index))));
    for (const mode of ['force_generic_plan', 'force_custom_plan'] as const)
      for (const { name } of scene.tables) looks.push(...(await reusePlan(session.client, name, mode, scene.pairs)));
    for (const pair of scene.pairs) looks.push(...(await reuseCursor(session.client, pair)));
    return looks;
  } finally {
    await session.end();
  }
}

/** Workers get the leader's settings, the tenant's context among them. */
async function inParallel(client: pg.Client, table: string, { tenant }: TenantPair): Promise<Look[]> {
  const probe = `sql: parallel query over ${table}`;
  return await inContext(client, tenant.id, async () => {
    for (const [name, value] of Object.entries(parallel))
      await client.query('select set_config($1, $2, true)', [name, value]);
    const plan = await ask(client, `explain (analyze, format json) ${counting(table)}`, [tenant.id]);
    const workers = /"Workers Launched":[1-9]/.test(JSON.stringify(plan.rows));
    const answer = await ask(client, counting(table), [tenant.id]);
    if (answer.state !== SUCCESS) return [asProbe(probe, 'undecided', describeAnswer(answer))];
    const { own, foreign } = answer.rows[0] ?? {};
    const outcome = foreign !== 0 ? 'violation' : workers ? 'ok' : 'undecided';
    return [
      asProbe(
        probe,
        outcome,
        workers ? `${tenant.slug} saw ${String(foreign)} foreign rows` : 'Postgres started no worker',
      ),
      asControl(probe, Number(own) > 0 ? 'ok' : 'violation', `${tenant.slug} saw ${String(own)} rows of its own`),
    ];
  });
}

/** Postgres makes a generic plan at the sixth time by itself; here from the first. */
async function reusePlan(
  client: pg.Client,
  table: string,
  mode: string,
  pairs: readonly TenantPair[],
): Promise<Look[]> {
  const probe = `sql: prepared statement over ${table} that served others, ${mode === 'force_generic_plan' ? 'generic' : 'custom'} plan`;
  const statement = { name: `probe-${mode}-${table}`, text: counting(table) };
  const looks: Look[] = [];
  for (const { tenant } of pairs) {
    const counts = await inContext(client, tenant.id, async () => {
      await client.query("select set_config('plan_cache_mode', $1, true)", [mode]);
      const { rows } = await client.query<{ own: number; foreign: number }>({ ...statement, values: [tenant.id] });
      return rows[0] ?? { own: 0, foreign: 0 };
    });
    looks.push(
      asProbe(probe, counts.foreign === 0 ? 'ok' : 'violation', `${tenant.slug} saw ${counts.foreign} foreign rows`),
      asControl(probe, counts.own > 0 ? 'ok' : 'violation', `${tenant.slug} saw ${counts.own} rows of its own`),
    );
  }
  const kept = await ask(
    client,
    `select ${mode === 'force_generic_plan' ? 'generic' : 'custom'}_plans as plans from pg_prepared_statements where name = $1`,
    [statement.name],
  );
  const planned = Number(kept.rows[0]?.['plans'] ?? 0);
  looks.push(asControl(probe, planned > 0 ? 'ok' : 'violation', `executed ${planned} times by such a plan`));
  const { rows } = await client.query<{ foreign: number }>({ ...statement, values: [pairs[0]?.tenant.id] });
  const left = Object.values(rows[0] ?? {}).reduce((sum, count) => sum + count, 0);
  return [...looks, asProbe(probe, left === 0 ? 'ok' : 'violation', `nobody saw ${left} rows`)];
}

/** Opened for one tenant and read for another, a cursor may show the rows of one of them, never of both. */
async function reuseCursor(client: pg.Client, { tenant, other }: TenantPair): Promise<Look[]> {
  const probe = 'sql: cursor over a change of context';
  return await inContext(client, tenant.id, async () => {
    await client.query('declare probe_cursor cursor for select tenant_id from orders');
    const first = await ask(client, 'fetch 1 from probe_cursor');
    await setContext(client, other.id);
    const rest = await ask(client, 'fetch 1000 from probe_cursor');
    const owners = new Set([...first.rows, ...rest.rows].map((row) => row['tenant_id']));
    return [
      asProbe(
        probe,
        owners.size <= 1 ? 'ok' : 'violation',
        `rows of ${owners.size} tenants in one cursor of ${tenant.slug}`,
      ),
      asControl(probe, owners.size > 0 ? 'ok' : 'violation', `${tenant.slug} saw no row of its own`),
    ];
  });
}

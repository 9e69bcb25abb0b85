/** Probes that read each table in a tenant's context, in every way there is to read: no row of another tenant may come. */
import { type Look, asControl, asProbe } from '../look.ts';
import { type Answer, describeAnswer, mustFindNothing, mustSucceed } from './answer.ts';
import { type Question, askIn, inContext, inContextInTurn, setContext } from './app-session.ts';
import { copyOut } from './copy-out.ts';
import { type SqlScene, type TenantPair, pairAt } from './sql-scene.ts';
import type { TableFacts } from './table-facts.ts';

/** Few rows: to be locked by a probe is no part of anybody's load. */
const ROWS_LOCKED = 3;

interface Reading {
  probe: (table: string) => string;
  /** `$1` is the tenant whose rows are looked for. */
  text: (table: TableFacts) => string;
  needsUpdate?: true;
}

const readings: Reading[] = [
  {
    probe: (table) => `sql: select ${table} of another tenant`,
    text: ({ name }) => `select from ${name} where tenant_id = $1 limit 5`,
  },
  {
    probe: (table) => `sql: aggregate over another tenant's ${table}`,
    text: ({ name }) => `select count(*) from ${name} where tenant_id = $1 having count(*) > 0`,
  },
  {
    probe: (table) => `sql: exists and join on another tenant's ${table}`,
    text: ({ name }) =>
      `select from tenants o where o.id = $1 and exists (select from ${name} t where t.tenant_id = o.id)`,
  },
  {
    probe: (table) => `sql: select ${table} of another tenant for update`,
    text: ({ name }) => `select from ${name} where tenant_id = $1 limit ${ROWS_LOCKED} for update skip locked`,
    needsUpdate: true,
  },
];

export async function lookAtReads(scene: SqlScene): Promise<Look[]> {
  const looks: Look[] = [];
  for (const [index, table] of scene.tables.entries()) {
    for (const pair of scene.pairs)
      looks.push(await readWithoutFilter(scene, table, pair), await readOwn(scene, table, pair));
    for (const [turn, reading] of readings.entries())
      looks.push(...(await readOf(scene, table, pairAt(scene.pairs, index + turn), reading)));
    const pair = pairAt(scene.pairs, index);
    looks.push(...(await readAfterSwitch(scene, table, pair)), ...(await copyOf(scene, table, pair)));
  }
  return looks;
}

const withoutFilter = (table: string) => `sql: other tenants' ${table} without a filter`;

async function readWithoutFilter(scene: SqlScene, { name }: TableFacts, { tenant }: TenantPair): Promise<Look> {
  const text = `select from ${name} where tenant_id is distinct from $1 limit 5`;
  const answer = await askIn(scene.app.client, { context: tenant.id, text, values: [tenant.id] });
  const detail = `${tenant.slug} saw other tenants' ${name}: ${describeAnswer(answer)}`;
  return asProbe(withoutFilter(name), mustFindNothing(answer), detail);
}

async function readOwn(scene: SqlScene, { name }: TableFacts, { tenant }: TenantPair): Promise<Look> {
  const answer = await askIn(scene.app.client, { context: tenant.id, text: `select from ${name} limit 5` });
  return asControl(withoutFilter(name), mustSucceed(answer), `${tenant.slug}, its own: ${describeAnswer(answer)}`);
}

async function readOf(scene: SqlScene, table: TableFacts, pair: TenantPair, reading: Reading): Promise<Look[]> {
  if (reading.needsUpdate === true && (table.updatableColumn === null || !table.keyed)) return [];
  const { tenant, other } = pair;
  const probe = reading.probe(table.name);
  const question = (of: string): Question => ({ context: tenant.id, text: reading.text(table), values: [of] });
  const foreign = await askIn(scene.app.client, question(other.id));
  const own = await askIn(scene.app.client, question(tenant.id));
  return [
    asProbe(probe, mustFindNothing(foreign), `${tenant.slug} asked for ${other.slug}: ${describeAnswer(foreign)}`),
    asControl(probe, mustSucceed(own), `${tenant.slug} asked for itself: ${describeAnswer(own)}`),
  ];
}

/** One transaction that serves one tenant and then another: what was planned or cached for the first must not serve the second. */
async function readAfterSwitch(scene: SqlScene, { name }: TableFacts, { tenant, other }: TenantPair): Promise<Look[]> {
  const { client } = scene.app;
  const probe = `sql: ${name} after the context went over to another tenant`;
  const text = `select count(*) filter (where tenant_id = $1)::int as first, count(*) filter (where tenant_id = $2)::int as second from ${name}`;
  const ids = [tenant.id, other.id];
  return await inContext(client, tenant.id, async () => {
    const before = await client.query<{ first: number; second: number }>(text, ids);
    await setContext(client, other.id);
    const after = await client.query<{ first: number; second: number }>(text, ids);
    const left = after.rows[0]?.first ?? 0;
    const [own, theirs] = [before.rows[0]?.first ?? 0, after.rows[0]?.second ?? 0];
    return [
      asProbe(
        probe,
        left === 0 ? 'ok' : 'violation',
        `${other.slug} saw ${left} rows of ${tenant.slug}, served before it`,
      ),
      asControl(probe, own > 0 && theirs > 0 ? 'ok' : 'violation', `own rows: first ${own}, then ${theirs}`),
    ];
  });
}

/** COPY TO is rewritten to a query, and so is bound by the policies: https://www.postgresql.org/docs/18/sql-copy.html */
async function copyOf(scene: SqlScene, { name }: TableFacts, { tenant }: TenantPair): Promise<Look[]> {
  const probe = `sql: copy ${name} to the client`;
  const { client } = scene.copier;
  const statement = `copy ${name} (tenant_id) to stdout`;
  const { state, lines } = await inContextInTurn(client, tenant.id, () => copyOut(client, statement));
  const foreign = lines.filter((id) => id !== tenant.id).length;
  const own = lines.length - foreign;
  const answer = (count: number): Answer => ({ state, message: '', rows: [], count });
  return [
    asProbe(probe, mustFindNothing(answer(foreign)), `${tenant.slug}, of others: ${describeAnswer(answer(foreign))}`),
    asControl(probe, mustSucceed(answer(own)), `${tenant.slug}, of its own: ${describeAnswer(answer(own))}`),
  ];
}

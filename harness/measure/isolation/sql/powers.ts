/** Probes that try to shake the policies off: another role, no row security, other policies, ways around the tables. */
import pg from 'pg';
import { type Look, asControl, asProbe } from '../look.ts';
import { SUCCESS, ask, describeAnswer, mustBeRefused, mustSucceed } from './answer.ts';
import { inContext } from './app-session.ts';
import type { SqlScene, TenantPair } from './sql-scene.ts';

interface Attempt {
  probe: string;
  text: string;
  /** Read afterwards, where the attempt itself is allowed and what it is good for must not be. */
  then?: string;
  /** States that come after the right was found to be there. */
  allowedWith?: string[];
}

/** "cannot truncate a table referenced in a foreign key constraint" */
const NOT_SUPPORTED = '0A000';

export async function lookAtPowers(scene: SqlScene): Promise<Look[]> {
  const looks: Look[] = [];
  const attempts = [
    ...(await roleAttempts(scene)),
    ...serverAttempts(scene),
    ...scene.tables.flatMap(({ name }) => tableAttempts(name)),
  ];
  for (const [index, attempt] of attempts.entries()) {
    const pair = scene.pairs[index % scene.pairs.length];
    if (pair !== undefined) looks.push(...(await tryAttempt(scene, pair, attempt)));
  }
  return looks;
}

/**
 * Every right that is asked for here Postgres checks before it locks anything: a refusal does not disturb the load. Of a statement that
 * is let through the transaction is rolled back. There is no tenant who may: the control is that the session which was refused still serves its own. */
async function tryAttempt({ app }: SqlScene, { tenant }: TenantPair, attempt: Attempt): Promise<Look[]> {
  const { client } = app;
  const { probe, text, then, allowedWith = [] } = attempt;
  const answer = await inContext(client, tenant.id, async () => {
    const first = await ask(client, text);
    return then !== undefined && first.state === SUCCESS ? await ask(client, then) : first;
  });
  const own = await inContext(client, tenant.id, () => ask(client, 'select from orders limit 1'));
  return [
    asProbe(probe, allowedWith.includes(answer.state) ? 'violation' : mustBeRefused(answer), describeAnswer(answer)),
    asControl(probe, mustSucceed(own), `${tenant.slug}, after the refusal: ${describeAnswer(own)}`),
  ];
}

function tableAttempts(table: string): Attempt[] {
  return [
    {
      probe: `sql: row_security off over ${table}`,
      text: 'set local row_security = off',
      then: `select from ${table} limit 1`,
    },
    { probe: `sql: switch row security of ${table} off`, text: `alter table ${table} disable row level security` },
    { probe: `sql: exempt the owner of ${table}`, text: `alter table ${table} no force row level security` },
    { probe: `sql: create a policy on ${table}`, text: `create policy probe on ${table} using (true)` },
    { probe: `sql: alter the policy of ${table}`, text: `alter policy tenant_isolation on ${table} using (true)` },
    { probe: `sql: truncate ${table}`, text: `truncate ${table}`, allowedWith: [NOT_SUPPORTED] },
  ];
}

/** Every role there is: a new one that the application's may become is found by itself. */
async function roleAttempts({ admin, system }: SqlScene): Promise<Attempt[]> {
  const { rows } = await admin.query<{ name: string }>(
    'select rolname as name from pg_roles where rolname <> $1 order by 1',
    [system.postgres.appUser],
  );
  const own = pg.escapeIdentifier(system.postgres.appUser);
  const becoming = rows.map(({ name }) => ({
    probe: `sql: become the role ${name}`,
    text: `set local role ${pg.escapeIdentifier(name)}`,
  }));
  return [
    ...becoming,
    { probe: 'sql: exempt oneself from policies', text: `alter role ${own} bypassrls` },
    { probe: 'sql: make oneself superuser', text: `alter role ${own} superuser` },
    { probe: 'sql: create a role', text: 'create role probe_made_this' },
    { probe: 'sql: a tenant for all sessions of the role', text: `alter role ${own} set app.tenant_id = 'x'` },
    { probe: 'sql: join the roles of the server', text: `grant pg_write_all_data to ${own}` },
  ];
}

function serverAttempts(scene: SqlScene): Attempt[] {
  const database = pg.escapeIdentifier(scene.database);
  return [
    { probe: 'sql: create a table in the schema', text: 'create table public.probe_made_this ()' },
    {
      probe: 'sql: create a function in the schema',
      text: `create function public.probe_made_this() returns int language sql return 1`,
    },
    {
      probe: 'sql: create a function that counts as leakproof',
      text: `create function pg_temp.probe_leakproof() returns int language sql leakproof return 1`,
    },
    { probe: 'sql: create a temporary table', text: 'create temporary table probe_made_this ()' },
    { probe: 'sql: create a schema', text: 'create schema probe_made_this' },
    { probe: 'sql: switch triggers and foreign keys off', text: 'set local session_replication_role = replica' },
    { probe: 'sql: a tenant for whoever has none', text: `alter database ${database} set app.tenant_id = 'x'` },
    // One that reads what it is given: the pipe to a program that has ended breaks, which says nothing of the right to start it.
    { probe: 'sql: run a program of the server', text: `copy (select 1) to program 'cat > /dev/null'` },
    { probe: 'sql: read a file of the server', text: `select pg_read_file('PG_VERSION')` },
    { probe: 'sql: read the passwords', text: 'select from pg_authid limit 1' },
  ];
}

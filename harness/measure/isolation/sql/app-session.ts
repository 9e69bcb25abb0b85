/** A session with the rights and the settings of the application's role: what it sees is what the policies alone let through. */
import pg from 'pg';
import type { System } from '../../../model/system.ts';
import { type Answer, ask } from './answer.ts';

export interface AppSession {
  client: pg.Client;
  pid: number;
  /** Texts of the notices that came since this was last called. */
  takeNotices: () => string[];
  end: () => Promise<void>;
}

/** A probe that waits for a lock says nothing: it had better not wait. */
const LOCK_TIMEOUT = '1s';
const TIMEOUT_MS = 5_000;

/**
 * Nobody's password is needed: the superuser becomes the role. `pipeline`: statements are sent without waiting for the answers to those
 * before them, which COPY cannot do. Rejects when the database cannot be asked.
 */
export async function openAppSession(system: System, database: string, pipeline = true): Promise<AppSession> {
  const { host, port, adminUser: user, adminPassword: password, appUser } = system.postgres;
  const limits = { connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS };
  const client = new pg.Client({ host, port, database, user, password, pipeline, ...limits });
  // A connection that is lost between two queries shows in the next one; unheard, the event would end the process.
  client.on('error', () => undefined);
  const notices: string[] = [];
  client.on('notice', ({ message }) => notices.push(message ?? ''));
  try {
    await client.connect();
    const pid = await becomeRole(client, appUser);
    return { client, pid, takeNotices: () => notices.splice(0), end: () => client.end() };
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** For a connection of the superuser; returns its process id. `set session authorization` brings the rights of a role, not its settings. */
export async function becomeRole(client: pg.ClientBase, role: string): Promise<number> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `select split_part(entry, '=', 1) as name, substr(entry, strpos(entry, '=') + 1) as value
       from pg_db_role_setting s join pg_roles r on r.oid = s.setrole, unnest(s.setconfig) as entry
      where r.rolname = $1
        and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))
      order by s.setdatabase`,
    [role],
  );
  const settings = [...rows.filter(({ name }) => name !== 'role'), { name: 'lock_timeout', value: LOCK_TIMEOUT }];
  for (const { name, value } of settings) await client.query('select set_config($1, $2, false)', [name, value]);
  await client.query(`set session authorization ${pg.escapeIdentifier(role)}`);
  // Only now: `set session authorization` sets the role back.
  for (const { name, value } of rows.filter((row) => row.name === 'role'))
    await client.query('select set_config($1, $2, false)', [name, value]);
  const answer = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  return answer.rows[0]?.pid ?? 0;
}

/**
 * Runs an action in a transaction that is always rolled back, with app.tenant_id set as given (null: not set at all). For a pipelined
 * session: the action's first statement follows at once.
 */
export async function inContext<T>(
  client: pg.ClientBase,
  context: string | null,
  action: () => Promise<T>,
): Promise<T> {
  const begun = Promise.all([client.query('begin'), ...(context === null ? [] : [setContext(client, context)])]);
  const acted = action();
  const [opening, outcome] = await Promise.allSettled([begun, acted]);
  await client.query('rollback');
  if (opening.status === 'rejected') throw opening.reason;
  if (outcome.status === 'rejected') throw outcome.reason;
  return outcome.value;
}

/** The same, statement by statement: for a session that is not pipelined. */
export async function inContextInTurn<T>(client: pg.ClientBase, context: string, action: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    await setContext(client, context);
    return await action();
  } finally {
    await client.query('rollback');
  }
}

/** Until the transaction ends, as the service does it. */
export async function setContext(client: pg.ClientBase, context: string): Promise<void> {
  await client.query("select set_config('app.tenant_id', $1, true)", [context]);
}

export interface Question {
  context: string | null;
  text: string;
  values?: readonly unknown[];
}

/** One statement in a transaction of its own, which is rolled back; all in one round trip. */
export async function askIn(client: pg.ClientBase, { context, text, values = [] }: Question): Promise<Answer> {
  const [, , answer] = await Promise.all([
    client.query('begin'),
    context === null ? null : setContext(client, context),
    ask(client, text, values),
    client.query('rollback'),
  ]);
  return answer;
}

/** The same with every trigger switched off, those of foreign keys among them: the answer is the policy's own. */
export async function askWithoutTriggers(
  client: pg.ClientBase,
  role: string,
  { context, text, values = [] }: Question,
): Promise<Answer> {
  const [, , , , , answer] = await Promise.all([
    client.query('begin'),
    client.query('reset session authorization'),
    client.query("set local session_replication_role = 'replica'"),
    client.query(`set local session authorization ${pg.escapeIdentifier(role)}`),
    context === null ? null : setContext(client, context),
    ask(client, text, values),
    client.query('rollback'),
  ]);
  return answer;
}

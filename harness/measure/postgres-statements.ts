/** The statements that took most time in the measured window, for each database and user, from pg_stat_statements. */
import type { Client } from 'pg';
import type { Measurement } from '../model/measurement.ts';
import type { Progress } from '../model/progress.ts';
import type { ArmDatabase } from './arm-databases.ts';

export type Statement = Extract<Measurement['artefacts']['postgres'], { ok: true }>['value']['statements'][number];

const STATEMENTS_PER_USER = 15;
const QUERY_LENGTH = 600;

/** What was counted of each statement until a moment. */
export type StatementCounts = ReadonlyMap<string, { calls: number; totalMs: number; rows: number }>;

/**
 * Whether statements can be counted. Where the server does not load the module, says so and leaves them out: no claim
 * about one arm rests on them.
 */
export async function enableStatements(client: Client, progress: Progress): Promise<boolean> {
  const { rows } = await client.query<{ loaded: boolean }>(
    `select 'pg_stat_statements' = any (string_to_array(replace(current_setting('shared_preload_libraries'), ' ', ''), ',')) as loaded`,
  );
  if (rows[0]?.loaded !== true) {
    progress({
      kind: 'warning',
      message: 'Postgres does not load pg_stat_statements: the report will show no statements',
    });
    return false;
  }
  await client.query('create extension if not exists pg_stat_statements');
  return true;
}

interface CountedStatement {
  key: string;
  user: string;
  database: string;
  query: string;
  calls: number;
  totalMs: number;
  rows: number;
}

/** A difference of two readings, instead of a reset at the first: others count in the same view at the same time. */
export async function countStatements(client: Client, databases: readonly ArmDatabase[]): Promise<StatementCounts> {
  return new Map((await readCounts(client, databases)).map((statement) => [statement.key, statement]));
}

/** Without the reader's own. */
export async function readStatements(
  client: Client,
  databases: readonly ArmDatabase[],
  { reader, since }: { reader: string; since: StatementCounts },
): Promise<Statement[]> {
  const places = new Map<string, number>();
  const changed = (await readCounts(client, databases))
    .filter(({ user }) => user !== reader)
    .map((statement) => subtract(statement, since))
    .filter(({ calls }) => calls > 0)
    .sort((a, b) => compareText(a.database, b.database) || compareText(a.user, b.user) || b.totalMs - a.totalMs);
  const ownOf = new Map(databases.map(({ name, own }) => [name, own]));
  return changed.flatMap(({ database, user, query, calls, totalMs, rows }) => {
    const place = (places.get(`${database} ${user}`) ?? 0) + 1;
    places.set(`${database} ${user}`, place);
    if (place > STATEMENTS_PER_USER) return [];
    const own = ownOf.get(database);
    const figures = { user, query, calls, meanMs: totalMs / calls, totalMs, rows };
    return [own === undefined ? figures : { ...figures, database: own }];
  });
}

function subtract(statement: CountedStatement, since: StatementCounts): CountedStatement {
  const before = since.get(statement.key);
  // Fewer than before: the module has dropped the entry for want of room, and counts it anew.
  if (before === undefined || before.calls > statement.calls) return statement;
  return {
    ...statement,
    calls: statement.calls - before.calls,
    totalMs: Math.max(0, statement.totalMs - before.totalMs),
    rows: statement.rows - before.rows,
  };
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

async function readCounts(client: Client, databases: readonly ArmDatabase[]): Promise<CountedStatement[]> {
  const { rows } = await client.query<Record<keyof CountedStatement, string>>(
    `select concat_ws('/', s.dbid, s.userid, s.queryid, s.toplevel) as key, r.rolname as "user", d.datname as database,
            left(regexp_replace(s.query, '\\s+', ' ', 'g'), $2) as query, s.calls, s.total_exec_time as "totalMs", s.rows
       from pg_stat_statements s
       join pg_roles r on r.oid = s.userid
       join pg_database d on d.oid = s.dbid
      where d.datname = any ($1)`,
    [databases.map(({ name }) => name), QUERY_LENGTH],
  );
  return rows.map(({ key, user, database, query, calls, totalMs, rows: returned }) => ({
    ...{ key, user, database, query },
    calls: Number(calls),
    totalMs: Number(totalMs),
    rows: Number(returned),
  }));
}

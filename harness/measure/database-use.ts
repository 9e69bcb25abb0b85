/** Counts, for each database, the statements that were run in it and the rows that they read. */
import type { Client } from 'pg';

export interface DatabaseUse {
  /** null where the server does not count statements. */
  statements: number | null;
  rowsRead: number;
}

/** Begin and end of transactions are sent with the statements between them, and cost next to nothing. */
const TRANSACTION_CONTROL = '^\\s*(begin|start|commit|end|rollback|abort|savepoint|release)\\M';

/** By pg_stat_statements, where its extension is there: exact at any moment. `reader` is left out. */
async function countStatements(
  client: Client,
  databases: string[],
  reader: string,
): Promise<Map<string, number> | null> {
  const { rows: extensions } = await client.query(`select from pg_extension where extname = 'pg_stat_statements'`);
  if (extensions.length === 0) return null;
  const { rows } = await client.query<{ database: string; calls: string }>(
    `select d.datname as database, sum(s.calls) as calls
       from pg_stat_statements s join pg_database d on d.oid = s.dbid join pg_roles r on r.oid = s.userid
      where d.datname = any ($1) and r.rolname <> $2 and s.query !~* $3
      group by d.datname`,
    [databases, reader, TRANSACTION_CONTROL],
  );
  return new Map(rows.map(({ database, calls }) => [database, Number(calls)]));
}

/**
 * Since statistics were last reset. Rows by pg_stat_database: each backend reports its own at most once a second
 * (pgstat.c, PGSTAT_MIN_INTERVAL), so a difference of two readings is blurred by as much at both ends.
 */
export async function readDatabaseUse(
  client: Client,
  databases: string[],
  reader: string,
): Promise<Map<string, DatabaseUse>> {
  const statements = await countStatements(client, databases, reader);
  const { rows } = await client.query<{ database: string; rows: string }>(
    `select datname as database, tup_returned + tup_fetched as rows from pg_stat_database where datname = any ($1)`,
    [databases],
  );
  return new Map(
    rows.map(({ database, rows: read }) => [
      database,
      { statements: statements === null ? null : (statements.get(database) ?? 0), rowsRead: Number(read) },
    ]),
  );
}

/** The statements that took most time in the measured window, for each database user, from pg_stat_statements. */
import type { Client } from 'pg';
import type { Progress } from '../model/progress.ts';

export interface Statement {
  user: string;
  query: string;
  calls: number;
  meanMs: number;
  totalMs: number;
  rows: number;
}

const STATEMENTS_PER_USER = 15;
const QUERY_LENGTH = 600;

/**
 * Starts counting anew. Where the server does not load the module, says so and leaves the statements out: no claim
 * rests on them.
 */
export async function resetStatements(client: Client, progress: Progress): Promise<void> {
  const { rows } = await client.query<{ loaded: boolean }>(
    `select 'pg_stat_statements' = any (string_to_array(replace(current_setting('shared_preload_libraries'), ' ', ''), ',')) as loaded`,
  );
  if (rows[0]?.loaded !== true) {
    progress({
      kind: 'warning',
      message: 'Postgres does not load pg_stat_statements: the report will show no statements',
    });
    return;
  }
  await client.query('create extension if not exists pg_stat_statements');
  await client.query('select pg_stat_statements_reset()');
}

/** Without the reader's own; an empty list where the extension is not there. */
export async function readStatements(client: Client, reader: string): Promise<Statement[]> {
  const { rows: extensions } = await client.query(`select from pg_extension where extname = 'pg_stat_statements'`);
  if (extensions.length === 0) return [];
  const { rows } = await client.query<Record<keyof Statement, string>>(
    `select "user", query, calls, "meanMs", "totalMs", rows from (
       select r.rolname as "user", left(regexp_replace(s.query, '\\s+', ' ', 'g'), $2) as query, s.calls,
              s.mean_exec_time as "meanMs", s.total_exec_time as "totalMs", s.rows,
              row_number() over (partition by r.rolname order by s.total_exec_time desc) as place
         from pg_stat_statements s
         join pg_roles r on r.oid = s.userid
         join pg_database d on d.oid = s.dbid
        where d.datname = current_database() and r.rolname <> $1
     ) ranked where place <= $3 order by "user", place`,
    [reader, QUERY_LENGTH, STATEMENTS_PER_USER],
  );
  return rows.map(({ user, query, calls, meanMs, totalMs, rows: returned }) => ({
    user,
    query,
    calls: Number(calls),
    meanMs: Number(meanMs),
    totalMs: Number(totalMs),
    rows: Number(returned),
  }));
}

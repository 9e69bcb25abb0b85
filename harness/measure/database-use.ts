/** Counts, for each database, the statements that were run in it, and the rows of its tables that they read. */
import type { Client } from 'pg';
import type { ArmDatabase } from './arm-databases.ts';

/** Begin and end of transactions are sent with the statements between them, and cost next to nothing. */
const TRANSACTION_CONTROL = '^\\s*(begin|start|commit|end|rollback|abort|savepoint|release)\\M';

/**
 * By database, since counting began; exact at any moment (pg_stat_statements). A database in which none was counted is
 * missing, and not 0: those of its service were, if any are. null where the server counts none at all. `reader` is left out.
 */
export async function countStatementsIn(
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
 * Rows that scans of tables saw, and entries that scans of indexes returned, since statistics were last reset; catalogues
 * apart. Known once the backends have reported: see settle-statistics.ts.
 */
export async function countRowsRead({ client }: ArmDatabase): Promise<number> {
  const { rows } = await client.query<{ read: string }>(
    `select coalesce((select sum(seq_tup_read) from pg_stat_user_tables), 0)
          + coalesce((select sum(idx_tup_read) from pg_stat_user_indexes), 0) as read`,
  );
  return Number(rows[0]?.read);
}

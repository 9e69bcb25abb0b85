/** Whether the database may be loaded: migrated, and reached as a superuser. Asked before anything is touched. */
import type { Client } from 'pg';
import { SeedError } from '../seed-error.ts';
import { columnsOf, tableNames } from '../text/tables.ts';

export async function checkSchema(client: Client): Promise<void> {
  const role = await client.query<{ name: string; rolsuper: boolean }>(
    'select rolname as name, rolsuper from pg_roles where rolname = current_user',
  );
  if (role.rows[0]?.rolsuper !== true) {
    throw new SeedError('unavailable', `the role ${role.rows[0]?.name ?? '(unknown)'} is not a superuser`, {
      hint: 'Row-level security is forced on every other role: connect as postgres.',
    });
  }
  const found = await client.query<{ name: string; columns: string[] }>(
    `select c.relname as name, array_agg(a.attname::text) as columns
       from unnest($1::text[]) as wanted (name)
       join pg_class c on c.oid = to_regclass(quote_ident(wanted.name))
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      group by c.relname`,
    [tableNames],
  );
  const columnsFound = new Map(found.rows.map(({ name, columns }) => [name, new Set(columns)]));
  const problems = tableNames.flatMap((table) => {
    const columns = columnsFound.get(table);
    if (columns === undefined) return [`table ${table} is missing`];
    const missing = columnsOf(table).filter((column) => !columns.has(column));
    return missing.length === 0 ? [] : [`table ${table} has no column ${missing.join(', ')}`];
  });
  if (problems.length === 0) return;
  throw new SeedError('unavailable', `the schema is not the one to load:\n${problems.join('\n')}`, {
    hint: 'Migrate first: node reference-service/migrate.ts up',
    problems,
  });
}

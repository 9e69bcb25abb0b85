/** After the load: every table has as many rows as were generated, and every foreign key is satisfied. */
import type { Client } from 'pg';
import { SeedError } from '../seed-error.ts';
import { tableNames } from '../text/tables.ts';
import type { Table } from '../text/tables.ts';

const hint =
  'Something else wrote to the database, or the schema and the seeder have gone apart. The tables were emptied.';

export async function verifyCounts(client: Client, expected: Readonly<Record<Table, number>>): Promise<void> {
  const selects = tableNames.map((table) => `select '${table}' as name, count(*)::int as rows from ${table}`);
  const { rows } = await client.query<{ name: Table; rows: number }>(selects.join(' union all '));
  const problems = rows
    .filter(({ name, rows: found }) => expected[name] !== found)
    .map(({ name, rows: found }) => `${name}: ${expected[name]} rows were generated, the table has ${found}`);
  if (problems.length > 0) throw new SeedError('unavailable', problems.join('\n'), { hint, problems });
}

interface ForeignKey {
  name: string;
  child: string;
  parent: string;
  childColumns: string[];
  parentColumns: string[];
}

/** The load runs without foreign key triggers; this checks each key at once, as ADD FOREIGN KEY would. */
export async function listForeignKeys(client: Client): Promise<ForeignKey[]> {
  const columnsIn = (table: string, numbers: string): string =>
    `(select array_agg(quote_ident(a.attname) order by k.place)
        from unnest(c.${numbers}) with ordinality as k (number, place)
        join pg_attribute a on a.attrelid = c.${table} and a.attnum = k.number)`;
  const { rows } = await client.query<ForeignKey>(
    `select c.conname as name, c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent,
            ${columnsIn('conrelid', 'conkey')} as "childColumns", ${columnsIn('confrelid', 'confkey')} as "parentColumns"
       from pg_constraint c
      where c.contype = 'f' and c.conrelid = any (select to_regclass(t)::oid from unnest($1::text[]) as t)
      order by 1`,
    [tableNames],
  );
  return rows;
}

/** MATCH SIMPLE, as all keys of this schema: a row with a null in the key refers to nothing. */
export async function verifyForeignKey(client: Client, key: ForeignKey): Promise<void> {
  const on = key.childColumns.map((column, place) => `c.${column} = p.${key.parentColumns[place] ?? ''}`).join(' and ');
  const given = key.childColumns.map((column) => `c.${column} is not null`).join(' and ');
  const { rows } = await client.query<{ found: string }>(
    `select c::text as found from ${key.child} c
      where ${given} and not exists (select from ${key.parent} p where ${on}) limit 1`,
  );
  const orphan = rows[0];
  if (orphan === undefined) return;
  throw new SeedError('internal', `${key.child} breaks ${key.name}: ${orphan.found}`, { hint });
}

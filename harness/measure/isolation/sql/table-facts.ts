/** What the application's role may do with each protected table, and by which keys its rows are told apart. */
import type pg from 'pg';

export interface TableFacts {
  name: string;
  /** Whether its rows have an id of their own beside the tenant's. */
  keyed: boolean;
  insertable: boolean;
  /** Whether the role may insert a row by its tenant alone. */
  tenantInsertable: boolean;
  /** Whether triggers see a row before the policy does: what they refuse, the policy has not refused. */
  triggered: boolean;
  deletable: boolean;
  /** A column that the role may change; null where it may change none. */
  updatableColumn: string | null;
  /** Of that column. */
  updatableType: string | null;
  /** Each unique key's columns, without tenant_id; not those that are counted for each tenant, which every tenant has alike. */
  uniqueKeys: UniqueKey[];
  /** Those of the keys that may be null: a row in which they are not says more. */
  nullableColumns: string[];
  /** With tenant_id, as `on conflict` names it. */
  primaryKey: string[];
}

export interface UniqueKey {
  /** Those that it is made of, in expressions as well. */
  columns: string[];
  /** Of a partial one: which rows it is for. */
  condition: string | null;
}

/** Of the named tables, and of others with a tenant's rows that are protected. Names come out quoted. Throws where one does not exist. */
export async function readTableFacts(admin: pg.Client, role: string, names: readonly string[]): Promise<TableFacts[]> {
  const { rows } = await admin.query<TableFacts>(
    `select quote_ident(c.relname) as name,
            exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'id' and not a.attisdropped) as keyed,
            has_table_privilege($1, c.oid, 'insert') as insertable,
            exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
              and has_column_privilege($1, c.oid, a.attnum, 'insert')) as "tenantInsertable",
            exists (select from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal) as triggered,
            has_table_privilege($1, c.oid, 'delete') as deletable,
            (select quote_ident(a.attname) from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                and has_column_privilege($1, c.oid, a.attnum, 'update')
              order by a.attname in ('tenant_id', 'id'), a.attnum limit 1) as "updatableColumn",
            (select format_type(a.atttypid, a.atttypmod) from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                and has_column_privilege($1, c.oid, a.attnum, 'update')
              order by a.attname in ('tenant_id', 'id'), a.attnum limit 1) as "updatableType",
            coalesce((select jsonb_agg(distinct jsonb_build_object(
                  'columns', k.columns, 'condition', pg_get_expr(i.indpred, c.oid)))
                from pg_index i, lateral (
                  select jsonb_agg(quote_ident(a.attname) order by a.attnum) filter (where a.attname <> 'tenant_id') as columns,
                         bool_and(a.attname = 'tenant_id' or a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)) as counted
                    from pg_attribute a where a.attrelid = c.oid and (a.attnum = any (i.indkey)
                      or i.indexprs is not null and exists (select from pg_depend d where d.classid = 'pg_class'::regclass
                        and d.objid = i.indexrelid and d.refobjid = c.oid and d.refobjsubid = a.attnum))) k
              where i.indrelid = c.oid and i.indisunique and not k.counted), '[]') as "uniqueKeys",
            coalesce((select jsonb_agg(distinct quote_ident(a.attname)) from pg_index i
                join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey) and not a.attnotnull
              where i.indrelid = c.oid and i.indisunique), '[]') as "nullableColumns",
            coalesce((select jsonb_agg(quote_ident(a.attname)) from pg_index i
                join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
              where i.indrelid = c.oid and i.indisprimary), '[]') as "primaryKey"
       from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and (c.relname = any ($2::text[]) or c.relrowsecurity and has_any_column_privilege($1, c.oid, 'select')
          and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped))
      order by array_position($2::text[], c.relname::text), c.relname`,
    [role, names],
  );
  const missing = names.filter((name) => !rows.some((row) => row.name === name));
  if (missing.length > 0) throw new Error(`the schema public has no table ${missing.join(', ')}`);
  return rows;
}

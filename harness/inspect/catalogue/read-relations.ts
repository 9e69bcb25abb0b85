/** Tables and views: what they are, who owns them, who may use them, their columns, and what views read. */
import type { Grant, RelationFact } from '../facts.ts';
import { grantsOf, notOfExtension, userSchema, type Ask } from './ask.ts';

const kinds: Record<string, RelationFact['kind']> = {
  r: 'table',
  p: 'partitioned',
  v: 'view',
  m: 'materialised',
  f: 'foreign',
};

interface Row extends Omit<RelationFact, 'kind'> {
  kind: string;
  columnGrants: Grant[];
}

export async function readRelations(ask: Ask): Promise<RelationFact[]> {
  const rows = await ask<Row>(
    `select c.oid, n.nspname as schema, c.relname as name, c.relkind::text as kind, pg_get_userbyid(c.relowner) as owner,
       c.relrowsecurity as "rowSecurity", c.relforcerowsecurity as forced,
       coalesce((select option_value::bool from pg_options_to_table(c.reloptions)
         where option_name = 'security_invoker'), false) as "securityInvoker",
       array(select inhparent from pg_inherits where inhrelid = c.oid) as parents,
       ${grantsOf('c.relacl', 'c.relowner')} as grants,
       ${columnGrants} as "columnGrants",
       ${columns} as columns,
       ${reads} as reads
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'f') and ${userSchema('n')} and ${notOfExtension('pg_class', 'c.oid')}
     order by 2, 3`,
  );
  return rows.map(({ kind, columnGrants: ofColumns, grants, ...row }) => ({
    ...row,
    kind: kinds[kind] ?? 'table',
    grants: [...grants, ...ofColumns],
  }));
}

const columns = `coalesce((select json_agg(json_build_object('number', a.attnum, 'name', a.attname,
    'type', format_type(a.atttypid, a.atttypmod), 'notNull', a.attnotnull,
    'default', case when a.attgenerated = '' then pg_get_expr(d.adbin, d.adrelid) end) order by a.attnum)
  from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped), '[]')`;

const columnGrants = `coalesce((select json_agg(json_build_object(
    'grantee', case when g.grantee = 0 then null else pg_get_userbyid(g.grantee) end,
    'privilege', g.privilege_type, 'column', a.attname))
  from pg_attribute a, aclexplode(a.attacl) g
  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and g.grantee <> c.relowner), '[]')`;

const reads = `array(select distinct d.refobjid from pg_rewrite w
  join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
    and d.refclassid = 'pg_class'::regclass and d.refobjid <> c.oid
  where w.ev_class = c.oid and c.relkind in ('v', 'm'))`;

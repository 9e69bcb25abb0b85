/** Tables and views: what they are, who owns them, who may use them, their columns, what views read and rules touch. */
import type { Grant, RelationFact, RewriteRuleFact } from '../facts.ts';
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

/** The other relations that the rule `w` of the relation `c` names; one with ev_type 1 is the query of a view. */
const namedByRule = `join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid
    and d.refclassid = 'pg_class'::regclass and d.refobjid <> c.oid`;

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

const reads = `array(select distinct d.refobjid from pg_rewrite w ${namedByRule}
  where w.ev_class = c.oid and w.ev_type = '1')`;

export async function readRewriteRules(ask: Ask): Promise<RewriteRuleFact[]> {
  return await ask<RewriteRuleFact>(
    `select c.oid as relation, w.rulename as name, array_agg(distinct d.refobjid) as touches
     from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_rewrite w on w.ev_class = c.oid ${namedByRule}
     where w.ev_type <> '1' and w.ev_enabled <> 'D' and ${userSchema('n')}
     group by c.oid, c.relname, w.rulename order by c.relname, w.rulename`,
  );
}

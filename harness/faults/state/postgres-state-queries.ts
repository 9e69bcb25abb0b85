/** The queries that a reading of Postgres consists of: each gives a column `line`, an object a row. */

/** Temporary schemas come and go with connections, TOAST has no rights of its own. */
const ours = `n.nspname !~ '^pg_(toast|temp)' and n.nspname not in ('pg_catalog', 'information_schema')`;

/** A list of grants in an order of its own: the catalogue keeps them in the order in which they were given. */
const grants = (column: string): string =>
  `coalesce((select string_agg(a::text, ',' order by a::text) from unnest(${column}) a), '-')`;

/** A setting of a role or database, sorted. */
const settings = (column: string): string =>
  `coalesce((select string_agg(s, ',' order by s) from unnest(${column}) s), '-')`;

const relation = `c.oid::regclass`;

export const stateQueries: Record<string, string> = {
  role: `select concat_ws(' ', rolname, 'super', rolsuper, 'bypass', rolbypassrls, 'inherit', rolinherit, 'login', rolcanlogin,
       'createrole', rolcreaterole, 'createdb', rolcreatedb, 'replication', rolreplication) as line from pg_roles`,
  // As JSON: the options of a membership are more since version 16.
  member: `select concat_ws(' ', m.member::regrole, 'of', m.roleid::regrole, 'by', m.grantor::regrole,
       to_jsonb(m) - array['oid', 'member', 'roleid', 'grantor']) as line from pg_auth_members m`,
  setting: `select concat_ws(' ', coalesce(d.datname, '(every database)'),
       case when s.setrole = 0 then '(every role)' else s.setrole::regrole::text end, ${settings('s.setconfig')}) as line
       from pg_db_role_setting s left join pg_database d on d.oid = s.setdatabase`,
  database: `select concat_ws(' ', datname, datdba::regrole, ${grants('datacl')}) as line from pg_database
       where datname = current_database()`,
  parameter: `select concat_ws(' ', parname, ${grants('paracl')}) as line from pg_parameter_acl`,
  schema: `select concat_ws(' ', nspname, nspowner::regrole, ${grants('nspacl')}) as line from pg_namespace n
       where n.nspname !~ '^pg_(toast|temp)'`,
  // System catalogues too, where somebody was given a right to them.
  relation: `select concat_ws(' ', ${relation}, c.relkind, c.relowner::regrole, ${grants('c.relacl')},
       case when c.relrowsecurity then 'row security' end, case when c.relforcerowsecurity then 'forced' end,
       c.reloptions::text) as line
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where (${ours} and c.relkind <> 'i') or (n.nspname = 'pg_catalog' and c.relacl is not null)`,
  column: `select concat_ws(' ', ${relation}, a.attname, format_type(a.atttypid, a.atttypmod),
       case when a.attnotnull then 'not null' end, pg_get_expr(d.adbin, d.adrelid), ${grants('a.attacl')}) as line
       from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
       left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
       where ${ours} and c.relkind in ('r', 'p', 'v', 'm', 'f') and a.attnum > 0 and not a.attisdropped`,
  policy: `select concat_ws(' ', polrelid::regclass, polname, polpermissive, polcmd,
       (select string_agg(case r when 0 then 'public' else r::regrole::text end, ',' order by r) from unnest(polroles) r),
       'using', pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid)) as line from pg_policy`,
  function: `select concat_ws(' ', p.oid::regprocedure, p.proowner::regrole, ${grants('p.proacl')}, p.provolatile,
       case when p.prosecdef then 'definer' end, case when p.proleakproof then 'leakproof' end, p.procost, p.proconfig::text,
       md5(concat(p.prosrc, p.prosqlbody::text))) as line
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours}`,
  view: `select concat_ws(' ', ${relation}, md5(pg_get_viewdef(c.oid))) as line
       from pg_class c join pg_namespace n on n.oid = c.relnamespace where ${ours} and c.relkind in ('v', 'm')`,
  constraint: `select concat_ws(' ', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid), k.convalidated) as line
       from pg_constraint k join pg_namespace n on n.oid = k.connamespace where ${ours} and k.conrelid <> 0`,
  index: `select concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid) as line
       from pg_index i join pg_class c on c.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace where ${ours}`,
  trigger: `select concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled) as line from pg_trigger t where not t.tgisinternal`,
  parent: `select concat_ws(' ', inhrelid::regclass, 'of', inhparent::regclass) as line from pg_inherits`,
  defaults: `select concat_ws(' ', defaclrole::regrole, defaclnamespace::regnamespace, defaclobjtype, ${grants('defaclacl')}) as line
       from pg_default_acl`,
  publication: `select concat_ws(' ', pubname, puballtables) as line from pg_publication`,
};

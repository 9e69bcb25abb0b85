/** Roles, their memberships, schemas, presets and publications. */
import type { MembershipFact, PresetFact, PublicationFact, RoleFact, SchemaFact } from '../facts.ts';
import { grantsOf, userSchema, type Ask } from './ask.ts';

export async function readRoles(ask: Ask): Promise<RoleFact[]> {
  return await ask<RoleFact>(
    `select rolname as name, rolsuper as superuser, rolbypassrls as "bypassRls", rolreplication as replication,
       rolcreaterole as "createRole", rolcanlogin as login
     from pg_roles order by 1`,
  );
}

/** Before Postgres 16 the member's own attribute said whether it inherits, and every member could SET ROLE. */
export async function readMemberships(ask: Ask): Promise<MembershipFact[]> {
  return await ask<MembershipFact>(
    `select r.rolname as role, m.rolname as member,
       coalesce((to_jsonb(a) ->> 'inherit_option')::bool, m.rolinherit) as inherit,
       coalesce((to_jsonb(a) ->> 'set_option')::bool, true) as set, a.admin_option as admin
     from pg_auth_members a join pg_roles r on r.oid = a.roleid join pg_roles m on m.oid = a.member order by 1, 2`,
  );
}

export async function readSchemas(ask: Ask): Promise<SchemaFact[]> {
  return await ask<SchemaFact>(
    `select n.nspname as name, pg_get_userbyid(n.nspowner) as owner, ${grantsOf('n.nspacl', 'n.nspowner')} as grants
     from pg_namespace n where ${userSchema('n')} order by 1`,
  );
}

export async function readPresets(ask: Ask): Promise<PresetFact[]> {
  return await ask<PresetFact>(
    `select case when s.setrole = 0 then null else pg_get_userbyid(s.setrole) end as role,
       case when s.setdatabase = 0 then null else current_database() end as database,
       split_part(entry, '=', 1) as setting, substr(entry, position('=' in entry) + 1) as value
     from pg_db_role_setting s, unnest(s.setconfig) entry
     where s.setdatabase in (0, (select oid from pg_database where datname = current_database())) order by 1, 2, 3`,
  );
}

export async function readPublications(ask: Ask): Promise<PublicationFact[]> {
  return await ask<PublicationFact>(
    `select p.pubname as name, p.puballtables as "allTables",
       coalesce((select json_agg(json_build_object('relation', c.oid::int8, 'direct', exists (
           select from pg_publication_rel d where d.prpubid = p.oid and d.prrelid = c.oid)))
         from pg_publication_tables t join pg_namespace n on n.nspname = t.schemaname
         join pg_class c on c.relname = t.tablename and c.relnamespace = n.oid
         where t.pubname = p.pubname), '[]') as relations
     from pg_publication p order by 1`,
  );
}

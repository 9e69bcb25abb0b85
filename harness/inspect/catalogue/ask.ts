/** How the readers of the catalogue ask: one statement in the one snapshot that all of them share. */
import type { Client, QueryResultRow } from 'pg';

export type Ask = <Row extends QueryResultRow>(text: string, values?: unknown[]) => Promise<Row[]>;

export function askThrough(client: Client): Ask {
  return async <Row extends QueryResultRow>(text: string, values: unknown[] = []) =>
    (await client.query<Row>(text, values)).rows;
}

/** Schemas that people make: neither the system's nor those of temporary tables. */
export const userSchema = (schema: string): string =>
  `${schema}.nspname not in ('pg_catalog', 'information_schema') and ${schema}.nspname !~ '^pg_(toast|temp)'`;

/** Objects that came with an extension are its maker's business. */
export const notOfExtension = (catalogue: string, oid: string): string =>
  `not exists (select from pg_depend e where e.classid = '${catalogue}'::regclass and e.objid = ${oid} and e.deptype = 'e')`;

/** Grants as JSON, without what the owner has by owning. */
export const grantsOf = (acl: string, owner: string): string =>
  `coalesce((select json_agg(json_build_object('grantee', case when g.grantee = 0 then null else pg_get_userbyid(g.grantee) end,
     'privilege', g.privilege_type, 'column', null)) from aclexplode(${acl}) g where g.grantee <> ${owner}), '[]')`;

/** Probes of what the catalogue says: one forced policy a table that binds reading and writing alike, and a role without powers. */
import { type Look, asComparison, asControl } from '../look.ts';
import { ask } from './answer.ts';
import { inContext } from './app-session.ts';
import type { SqlScene } from './sql-scene.ts';

interface TablePolicies {
  name: string;
  forced: boolean;
  policies: number;
  /** Those for every command and every role, whose WITH CHECK says what USING says. */
  whole: number;
}

interface RoleFacts {
  superuser: boolean;
  bypassRls: boolean;
  creates: boolean;
  replicates: boolean;
  memberOf: number;
  owns: number;
}

export async function lookAtCatalogue(scene: SqlScene): Promise<Look[]> {
  const policies = await readPolicies(scene);
  const looks: Look[] = [];
  for (const { name } of scene.tables) {
    const probe = `sql: one forced policy on ${name}`;
    const found = policies.find((row) => row.name === name);
    const good = found !== undefined && found.forced && found.policies === 1 && found.whole === 1;
    const detail =
      found === undefined
        ? 'no such table'
        : `forced: ${found.forced}, policies: ${found.policies}, whole: ${found.whole}`;
    looks.push(asComparison(probe, good ? 'ok' : 'violation', detail));
    looks.push(...(await ownRows(scene, probe, name)));
  }
  const probe = "sql: powers of the application's role in the catalogue";
  return [...looks, await lookAtRole(scene, probe), ...(await ownRows(scene, probe, 'orders'))];
}

/** A policy that lets nobody see anything isolates too: the owner must see its rows. */
async function ownRows({ app, pairs }: SqlScene, probe: string, table: string): Promise<Look[]> {
  const looks: Look[] = [];
  for (const { tenant } of pairs) {
    const { count } = await inContext(app.client, tenant.id, () => ask(app.client, `select from ${table} limit 1`));
    looks.push(asControl(probe, count > 0 ? 'ok' : 'violation', `${tenant.slug} saw no row of its own`));
  }
  return looks;
}

async function readPolicies({ admin, tables }: SqlScene): Promise<TablePolicies[]> {
  const { rows } = await admin.query<TablePolicies>(
    `select quote_ident(c.relname) as name, c.relrowsecurity and c.relforcerowsecurity as forced,
            count(p.oid)::int as policies,
            (count(*) filter (where p.polcmd = '*' and p.polpermissive and p.polroles = '{0}'
              and p.polqual is not null
              and coalesce(pg_get_expr(p.polwithcheck, c.oid), pg_get_expr(p.polqual, c.oid)) = pg_get_expr(p.polqual, c.oid)))::int as whole
       from pg_class c left join pg_policy p on p.polrelid = c.oid
      where c.relnamespace = 'public'::regnamespace and quote_ident(c.relname) = any ($1)
      group by c.oid`,
    [tables.map(({ name }) => name)],
  );
  return rows;
}

async function lookAtRole({ admin, system }: SqlScene, probe: string): Promise<Look> {
  const { rows } = await admin.query<RoleFacts>(
    `select r.rolsuper as superuser, r.rolbypassrls as "bypassRls", r.rolcreaterole or r.rolcreatedb as creates,
            r.rolreplication as replicates,
            (select count(*)::int from pg_auth_members m where m.member = r.oid) as "memberOf",
            (select count(*)::int from pg_class c where c.relowner = r.oid)
              + (select count(*)::int from pg_proc p where p.proowner = r.oid)
              + (select count(*)::int from pg_namespace n where n.nspowner = r.oid and n.nspname !~ '^pg_(toast_)?temp') as owns
       from pg_roles r where r.rolname = $1`,
    [system.postgres.appUser],
  );
  const [facts] = rows;
  if (facts === undefined) return asComparison(probe, 'undecided', 'the role does not exist');
  const has = Object.entries(facts).filter(([, value]) => value !== false && value !== 0);
  const detail = has.map(([name, value]) => `${name}: ${value}`).join(', ');
  return asComparison(probe, has.length === 0 ? 'ok' : 'violation', detail);
}

/** Copies the seeded database within its cluster, page for page: what an arm does to its copy no other arm sees. */
import { type Client, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg';
import { SignoffError } from '../../model/errors.ts';
import type { System } from '../../model/system.ts';
import { administerPostgres, maintenanceDatabase } from './administer-postgres.ts';

/**
 * Replaces databases of these names. Rejects with NO_SPACE. Nobody may be at work in the seeded one: sessions that are still there
 * are ended. Several are made at once: each waits for a checkpoint, and they share it.
 */
export async function copyDatabase(system: System, ...copies: string[]): Promise<void> {
  for (const copy of copies) requireOwnName(system, copy);
  const source = system.postgres.database;
  // Without `analyze`: that draws a sample, and two copies of one database would plan by two samples of it.
  await administerPostgres(system, source, (client) => client.query('vacuum'));
  await administerPostgres(system, maintenanceDatabase, (client) => endSessions(client, source));
  const made = await Promise.allSettled(copies.map((copy) => makeCopy(system, copy)));
  for (const one of made) if (one.status === 'rejected') throw one.reason;
}

async function makeCopy(system: System, copy: string): Promise<void> {
  const source = system.postgres.database;
  await administerPostgres(system, maintenanceDatabase, async (client) => {
    await client.query(`drop database if exists ${escapeIdentifier(copy)} with (force)`);
    const owner = await readOwner(client, source);
    // As files: through the log, gigabytes of it would bring on checkpoints while latency is measured.
    const create = `create database ${escapeIdentifier(copy)} owner ${escapeIdentifier(owner)}
                    template ${escapeIdentifier(source)} strategy file_copy`;
    await client.query(create).catch((error: unknown) => {
      throw asDiskFull(error, source);
    });
    await copyPrivileges(client, source, copy);
    await copySettings(client, source, copy);
  });
}

/** Sessions in it are ended; one that does not exist is no problem. */
export async function dropDatabase(system: System, copy: string): Promise<void> {
  requireOwnName(system, copy);
  await administerPostgres(system, maintenanceDatabase, (client) =>
    client.query(`drop database if exists ${escapeIdentifier(copy)} with (force)`),
  );
}

/** Class 53, "insufficient resources" (Postgres documentation, "PostgreSQL Error Codes"). */
const DISK_FULL = '53100';

function asDiskFull(error: unknown, source: string): unknown {
  if (!(error instanceof DatabaseError) || error.code !== DISK_FULL) return error;
  return new SignoffError('NO_SPACE', `no space left for a copy of ${source}`, { cause: error });
}

function requireOwnName({ postgres }: System, name: string): void {
  const taken = [postgres.database, maintenanceDatabase, 'template0', 'template1'];
  if (taken.includes(name)) throw new Error(`${name} is not a copy: it may be neither replaced nor dropped`);
}

/** `create database` waits until they are gone, five seconds at most. */
async function endSessions(client: Client, database: string): Promise<void> {
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and backend_type = 'client backend'`,
    [database],
  );
}

async function readOwner(client: Client, database: string): Promise<string> {
  const { rows } = await client.query<{ owner: string }>(
    'select pg_get_userbyid(datdba)::text as owner from pg_database where datname = $1',
    [database],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`there is no database ${database}`);
  return row.owner;
}

interface Privilege {
  grantee: string | null;
  privilege: string;
  grantable: boolean;
}

/** What may be done with a database is no part of it, so a template does not pass it on. */
async function copyPrivileges(client: Client, source: string, copy: string): Promise<void> {
  const { rows } = await client.query<Privilege>(
    `select case when acl.grantee = 0 then null else pg_get_userbyid(acl.grantee)::text end as grantee,
            acl.privilege_type as privilege, acl.is_grantable as grantable
     from pg_database, aclexplode(datacl) as acl where datname = $1`,
    [source],
  );
  // None written down: the defaults, which the copy has too.
  if (rows.length === 0) return;
  const owner = escapeIdentifier(await readOwner(client, source));
  const database = escapeIdentifier(copy);
  const grants = rows.map(({ grantee, privilege, grantable }) => {
    const to = grantee === null ? 'public' : escapeIdentifier(grantee);
    return `grant ${privilege} on database ${database} to ${to}${grantable ? ' with grant option' : ''}`;
  });
  await client.query([`revoke all on database ${database} from public, ${owner}`, ...grants].join(';\n'));
}

/** `alter database … set` and `alter role … in database … set`; their values as they are, lists included: `from current`. */
async function copySettings(client: Client, source: string, copy: string): Promise<void> {
  const { rows } = await client.query<{ role: string | null; name: string; value: string }>(
    `select case when setrole = 0 then null else pg_get_userbyid(setrole)::text end as role,
            split_part(entry, '=', 1) as name, substr(entry, strpos(entry, '=') + 1) as value
     from pg_db_role_setting join pg_database on pg_database.oid = setdatabase, unnest(setconfig) as entry
     where datname = $1`,
    [source],
  );
  const database = escapeIdentifier(copy);
  for (const { role, name, value } of rows) {
    const target = role === null ? `database ${database}` : `role ${escapeIdentifier(role)} in database ${database}`;
    const setting = name.split('.').map(escapeIdentifier).join('.');
    const taken = `select set_config(${escapeLiteral(name)}, ${escapeLiteral(value)}, true)`;
    await client.query(['begin', taken, `alter ${target} set ${setting} from current`, 'commit'].join(';\n'));
  }
}

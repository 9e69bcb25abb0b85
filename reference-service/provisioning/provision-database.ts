/** Roles with their passwords, the database, its extension and its migrations. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { runMigrations } from '../database/run-migrations.ts';
import { postgresAdminUser, withPostgres } from './postgres-connection.ts';
import type { ProvisioningContext } from './provisioning-context.ts';
import { matchesVerifier, scramVerifier } from './scram-verifier.ts';
import { secretNames } from './secret-names.ts';
import { talkingTo } from './server-refusal.ts';

export const ownerRole = 'alphapulse_owner';

const rolePasswords = {
  [ownerRole]: secretNames.ownerPassword,
  alphapulse_app: secretNames.appPassword,
  alphapulse_exempt: secretNames.exemptPassword,
};

/** Any number, as long as every provisioner uses the same: "provision" on a telephone's keys. */
const advisoryLock = 7768_4766;

export interface DatabaseChanges {
  passwords: string[];
  created: boolean;
  applied: string[];
}

export async function provisionDatabase(context: ProvisioningContext): Promise<DatabaseChanges> {
  const { tree, settings, serviceDirectory } = context;
  const admin = { user: postgresAdminUser, password: tree.require(secretNames.postgresAdmin, 'secrets') };
  const changes = await withPostgres(context, { ...admin, database: 'postgres' }, async (client) => {
    // Two that start together take turns; the lock goes with the connection.
    await client.query('select pg_advisory_lock($1)', [advisoryLock]);
    await client.query(readFileSync(join(serviceDirectory, 'database', 'roles.sql'), 'utf8'));
    const passwords = await setPasswords(client, context);
    const created = await createDatabase(client, settings.DATABASE_NAME);
    await withPostgres(context, { ...admin, database: settings.DATABASE_NAME }, (database) =>
      database.query('create extension if not exists pg_stat_statements'),
    );
    return { passwords, created };
  });
  return { ...changes, applied: await migrate(context) };
}

/** Returns the roles whose password was another one. */
async function setPasswords(client: pg.Client, { tree }: ProvisioningContext): Promise<string[]> {
  const { rows } = await client.query<{ role: string; stored: string | null }>(
    'select rolname as role, rolpassword as stored from pg_authid where rolname = any($1)',
    [Object.keys(rolePasswords)],
  );
  const stored = new Map(rows.map((row) => [row.role, row.stored]));
  const changed: string[] = [];
  for (const [role, secret] of Object.entries(rolePasswords)) {
    const password = tree.require(secret, 'secrets');
    if (matchesVerifier(password, stored.get(role) ?? null)) continue;
    const verifier = pg.escapeLiteral(scramVerifier(password));
    await client.query(`alter role ${pg.escapeIdentifier(role)} password ${verifier}`);
    changed.push(role);
  }
  return changed;
}

/** Returns whether it was not there. */
async function createDatabase(client: pg.Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  if (rowCount !== 0) return false;
  await client.query(`create database ${pg.escapeIdentifier(name)} owner ${ownerRole}`);
  return true;
}

async function migrate({ tree, settings, serviceDirectory }: ProvisioningContext): Promise<string[]> {
  const { DATABASE_HOST: host, DATABASE_PORT: port, DATABASE_NAME: database } = settings;
  return talkingTo(`Postgres at ${host}:${port}, migrating ${database}`, () =>
    runMigrations({
      plan: { direction: 'up', timestamp: false },
      connection: {
        host,
        port,
        database,
        user: ownerRole,
        password: tree.require(secretNames.ownerPassword, 'secrets'),
      },
      serviceDirectory,
      warn: (line) => process.stderr.write(`${line}\n`),
    }),
  );
}

/** Makes the service's database in a fresh Postgres: roles with random passwords, database, extension, migrations. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { escapeLiteral } from 'pg';
import { SignoffError } from '../../model/errors.ts';
import { baseEnvironment } from '../processes/base-environment.ts';
import { LOOPBACK } from '../processes/free-port.ts';
import { runCommand } from '../processes/run-command.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { asAdmin, type PostgresServer } from './postgres-server.ts';
import { serviceFolder, typescriptNode } from './service-program.ts';

export const databaseName = 'alphapulse';
export const databaseRoles = { owner: 'alphapulse_owner', app: 'alphapulse_app', exempt: 'alphapulse_exempt' } as const;

/** Secrets of the folder that hold the roles' passwords. */
export const rolePasswordSecret = (role: string): string => `${role}-password`;

export async function setUpDatabase(
  folder: SystemFolder,
  postgres: PostgresServer,
  signal: AbortSignal,
): Promise<void> {
  const connection = { port: postgres.port, password: postgres.adminPassword };
  await asAdmin({ ...connection, database: 'postgres' }, async (client) => {
    await client.query(readFileSync(path.join(serviceFolder, 'database', 'roles.sql'), 'utf8'));
    for (const role of Object.values(databaseRoles)) {
      const password = folder.makeSecret(rolePasswordSecret(role));
      await client.query(`alter role ${role} password ${escapeLiteral(password)}`);
    }
    await client.query(`create database ${databaseName} owner ${databaseRoles.owner}`);
  });
  await asAdmin({ ...connection, database: databaseName }, (client) =>
    client.query('create extension pg_stat_statements'),
  );
  await migrate(folder, postgres.port, signal);
}

/** As an operator would: the service's own migration program, connected as the owner. */
async function migrate(folder: SystemFolder, port: number, signal: AbortSignal): Promise<void> {
  const outcome = await runCommand({
    command: typescriptNode(),
    args: [path.join(serviceFolder, 'migrate.ts'), 'up'],
    cwd: path.dirname(serviceFolder),
    env: {
      ...baseEnvironment(),
      ALPHAPULSE_DATABASE_HOST: LOOPBACK,
      ALPHAPULSE_DATABASE_PORT: String(port),
      ALPHAPULSE_DATABASE_NAME: databaseName,
      ALPHAPULSE_DATABASE_USER: databaseRoles.owner,
      ALPHAPULSE_DATABASE_PASSWORD_FILE: folder.secretPath(rolePasswordSecret(databaseRoles.owner)),
    },
    signal,
    onStart: (identity) => {
      folder.recordProcess({ ...identity, name: 'migrate', kind: 'command', logFile: folder.logFile('migrate') });
      return { ended: () => folder.forgetProcess(identity) };
    },
  });
  if (outcome.exitCode === 0) return;
  throw new SignoffError('SERVER_NOT_READY', `migrating the database failed:\n  ${outcome.tail.join('\n  ')}`);
}

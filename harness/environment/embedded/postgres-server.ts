/** Starts Postgres in a private folder: initdb, settings, and an answer to a query before it counts as ready. */
import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { SignoffError } from '../../model/errors.ts';
import { awaitReady } from '../processes/await-ready.ts';
import { baseEnvironment } from '../processes/base-environment.ts';
import { LOOPBACK, saysAddressInUse, startOnPort } from '../processes/free-port.ts';
import { runCommand } from '../processes/run-command.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import { postgresAdminUser, secretFiles } from '../service/service-names.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { launchServer } from './launch-server.ts';
import { postgresSettings, renderPostgresSettings } from './postgres-settings.ts';

export interface PostgresOptions {
  folder: SystemFolder;
  /** Folder of initdb and postgres, reachable by the servers' user. */
  programs: string;
  port: number | undefined;
  signal: AbortSignal;
}

export interface PostgresServer {
  server: ServerProcess;
  port: number;
}

/** Recovery is never needed (the folder is new), so a healthy server answers within a second or two. */
const READY_TIMEOUT_MS = 60_000;

export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const { folder } = options;
  const adminPassword = folder.readSecret(secretFiles.postgresAdmin);
  const data = folder.makeServerFolder('postgres');
  await initialise(options, data);
  const { server, port } = await startOnPort({
    wanted: options.port,
    purpose: 'Postgres',
    lostPort: saysAddressInUse,
    start: async (port) => {
      appendFileSync(path.join(data, 'postgresql.conf'), renderPostgresSettings(postgresSettings(port)));
      const command = path.join(options.programs, 'postgres');
      const server = launchServer(folder, {
        name: 'postgres',
        kind: 'postgres',
        command,
        args: ['-D', data],
        cwd: data,
      });
      const probe = () => answersQuery(port, adminPassword);
      await awaitReady({ server, probe, timeoutMs: READY_TIMEOUT_MS, signal: options.signal });
      return { server, port };
    },
  });
  return { server, port };
}

async function initialise({ folder, programs, signal }: PostgresOptions, data: string): Promise<void> {
  const outcome = await runCommand({
    command: path.join(programs, 'initdb'),
    args: [
      ...['--pgdata', data, '--username', postgresAdminUser],
      ...['--pwfile', folder.secretPath(secretFiles.postgresAdminForServer)],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--no-instructions'],
      // The builtin provider sorts the same on every machine, whatever its C library.
      ...['--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
      // Only the making of the empty cluster goes without waiting for the disk; the server itself keeps fsync on.
      '--no-sync',
    ],
    cwd: data,
    env: baseEnvironment(),
    user: folder.user,
    signal,
    onStart: (identity) => {
      folder.recordProcess({ ...identity, name: 'initdb', kind: 'command', logFile: folder.logFile('postgres') });
      return { ended: () => folder.forgetProcess(identity) };
    },
  });
  if (outcome.exitCode === 0) return;
  const output = outcome.tail.join('\n  ');
  throw new SignoffError(
    'SERVER_NOT_READY',
    `initdb ended with ${outcome.signal ?? `exit code ${outcome.exitCode}`}:\n  ${output}`,
  );
}

async function answersQuery(port: number, password: string): Promise<null> {
  const client = new Client({
    host: LOOPBACK,
    port,
    user: postgresAdminUser,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
  // A connection that breaks while idle would otherwise end the whole program; the query in flight tells about it as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return null;
  } finally {
    await client.end();
  }
}

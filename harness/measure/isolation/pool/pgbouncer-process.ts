/** A PgBouncer of our own in transaction mode, for the length of a suite: one server connection that all its clients share. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { System } from '../../../model/system.ts';

export interface PgBouncer {
  /** Not connected yet; whoever asked for it ends it. */
  client: () => pg.Client;
  stop: () => Promise<void>;
}

const USER = 'probe';
const LOOPBACK = '127.0.0.1';
const READY_WITHIN_MS = 3_000;
const LOOK_EVERY_MS = 20;
/** PgBouncer refuses to run as root; nobody has the same number everywhere. */
const NOBODY = 65_534;

/**
 * Rejects where the program does not answer in time, with what it said. Its server connection is the superuser's, who becomes the
 * application's role before any client gets it: nobody's password is needed.
 */
export async function startPgBouncer(program: string, { postgres }: System, database: string): Promise<PgBouncer> {
  const folder = await mkdtemp(join(tmpdir(), 'signoff-pgbouncer-'));
  const port = await freePort();
  const password = randomBytes(18).toString('base64url');
  const server = { ...postgres, database };
  try {
    await writeFile(join(folder, 'users.txt'), `"${USER}" "${password}"\n`);
    await writeFile(join(folder, 'pgbouncer.ini'), configuration(folder, port, server));
    const child = await launch(program, folder);
    const client = (): pg.Client => connectionTo(port, password);
    const stop = async (): Promise<void> => {
      await end(child.process);
      await rm(folder, { recursive: true, force: true });
    };
    try {
      await awaitAnswer(client, child);
      return { client, stop };
    } catch (error) {
      await stop();
      throw error;
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Settings: https://www.pgbouncer.org/config.html. With one server connection every context that stays behind meets the next client. */
function configuration(folder: string, port: number, server: System['postgres']): string {
  const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
  const become = `set session authorization ${pg.escapeIdentifier(server.appUser)}`;
  const target = [
    `host=${server.host} port=${server.port} dbname=${quoted(server.database)}`,
    `user=${quoted(server.adminUser)} password=${quoted(server.adminPassword)}`,
    `connect_query=${quoted(become)}`,
  ];
  return [
    '[databases]',
    `pooled = ${target.join(' ')}`,
    '[pgbouncer]',
    `listen_addr = ${LOOPBACK}`,
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = plain',
    `auth_file = ${join(folder, 'users.txt')}`,
    'pool_mode = transaction',
    'default_pool_size = 1',
    'min_pool_size = 0',
    'max_client_conn = 50',
    'server_tls_sslmode = disable',
    '',
  ].join('\n');
}

interface Launched {
  process: ChildProcess;
  said: string[];
}

async function launch(program: string, folder: string): Promise<Launched> {
  const asNobody = process.getuid?.() === 0;
  if (asNobody) for (const name of ['', 'users.txt', 'pgbouncer.ini']) await chown(join(folder, name), NOBODY, NOBODY);
  for (const name of ['users.txt', 'pgbouncer.ini']) await chmod(join(folder, name), 0o600);
  const said: string[] = [];
  const child = spawn(program, [join(folder, 'pgbouncer.ini')], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(asNobody ? { uid: NOBODY, gid: NOBODY } : {}),
  });
  child.on('error', (error) => said.push(error.message));
  child.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
  return { process: child, said };
}

function connectionTo(port: number, password: string): pg.Client {
  const client = new pg.Client({
    host: LOOPBACK,
    port,
    database: 'pooled',
    user: USER,
    password,
    connectionTimeoutMillis: 2_000,
    query_timeout: 5_000,
  });
  // A connection that is lost between two queries shows in the next one; unheard, the event would end the process.
  client.on('error', () => undefined);
  return client;
}

async function awaitAnswer(connect: () => pg.Client, { process: child, said }: Launched): Promise<void> {
  const untilMs = performance.now() + READY_WITHIN_MS;
  for (;;) {
    const client = connect();
    try {
      await client.connect();
      await client.query('select 1');
      return;
    } catch (error) {
      if (performance.now() > untilMs || child.exitCode !== null || child.pid === undefined)
        throw new Error(`pgbouncer does not answer: ${said.join('').slice(-400)}`, { cause: error });
    } finally {
      await client.end();
    }
    await delay(LOOK_EVERY_MS);
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen({ host: LOOPBACK, port: 0, exclusive: true });
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}

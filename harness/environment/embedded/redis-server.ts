/** Starts Redis (or Valkey) in a private folder with two named users and no anonymous one, and waits for its PONG. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Redis } from 'ioredis';
import { awaitReady } from '../processes/await-ready.ts';
import { LOOPBACK, saysAddressInUse, startOnPort } from '../processes/free-port.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { launchServer } from './launch-server.ts';
import { serviceFolder } from './service-program.ts';

export interface RedisOptions {
  folder: SystemFolder;
  /** Reachable by the servers' user. */
  program: string;
  port: number | undefined;
  signal: AbortSignal;
}

export interface RedisServer {
  server: ServerProcess;
  port: number;
  adminPassword: string;
}

export const redisAdminUser = 'admin';
export const redisServiceUser = 'alphapulse';
export const redisServiceSecret = 'redis-service-password';

const READY_TIMEOUT_MS = 30_000;
const ANSWER_TIMEOUT_MS = 2_000;

export async function startRedis({ folder, program, port: wanted, signal }: RedisOptions): Promise<RedisServer> {
  const adminPassword = folder.makeSecret('redis-admin');
  const data = folder.makeServerFolder('redis');
  const users = folder.writeServerFile(
    path.join('config', 'users.acl'),
    renderUsers(adminPassword, folder.makeSecret(redisServiceSecret)),
  );
  const start = async (port: number) => {
    const config = folder.writeServerFile(path.join('config', 'redis.conf'), renderConfiguration(port, data, users));
    const server = launchServer(folder, { name: 'redis', kind: 'redis', command: program, args: [config], cwd: data });
    const probe = () =>
      asRedisAdmin({ port, password: adminPassword }, async (client) =>
        (await client.ping()) === 'PONG' ? null : 'no PONG',
      );
    await awaitReady({ server, probe, timeoutMs: READY_TIMEOUT_MS, signal });
    return { server, port, adminPassword };
  };
  return startOnPort({ wanted, purpose: 'Redis', lostPort: saysAddressInUse, start });
}

/**
 * Append-only file, written out each second: sessions that were logged out are kept here, and a restart must not bring them
 * back to life. No snapshots: each would fork the server in the middle of a measurement (Redis documentation, "Persistence").
 */
function renderConfiguration(port: number, data: string, users: string): string {
  const settings = {
    bind: LOOPBACK,
    port,
    dir: quote(data),
    aclfile: quote(users),
    daemonize: 'no',
    save: '""',
    appendonly: 'yes',
    appendfsync: 'everysec',
    maxmemory: '512mb',
    // A full cache must not drop revoked sessions, which have an expiry too: refuse writes instead, which shows.
    'maxmemory-policy': 'noeviction',
    loglevel: 'notice',
  };
  return `${Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join('\n')}\n`;
}

const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** The service's user from the service's own template; ours may do everything; nobody else may connect. */
function renderUsers(adminPassword: string, servicePassword: string): string {
  const template = readFileSync(path.join(serviceFolder, 'redis', 'users.acl'), 'utf8');
  const hash = createHash('sha256').update(adminPassword).digest('hex');
  const users = [
    'user default off',
    `user ${redisAdminUser} on #${hash} ~* &* +@all`,
    template.replaceAll('{{password}}', servicePassword).trim(),
  ];
  return `${users.join('\n')}\n`;
}

/** Runs `action` with an administrator's connection. */
async function asRedisAdmin<T>(
  connection: { port: number; password: string },
  action: (client: Redis) => Promise<T>,
): Promise<T> {
  const client = new Redis({
    host: LOOPBACK,
    port: connection.port,
    username: redisAdminUser,
    password: connection.password,
    lazyConnect: true,
    connectTimeout: ANSWER_TIMEOUT_MS,
    commandTimeout: ANSWER_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
  });
  // Without a listener ioredis prints to the console; the rejected call below tells the same.
  const problems: Error[] = [];
  client.on('error', (error) => problems.push(error));
  try {
    await client.connect();
    return await action(client);
  } catch (error) {
    throw problems[0] ?? error;
  } finally {
    client.disconnect();
  }
}

const KEYS_A_STEP = 1_000;

/** Drops everything that services have cached for tenants; what they keep beside it stays. */
export async function flushTenantKeys(connection: { port: number; password: string }): Promise<void> {
  await asRedisAdmin(connection, async (client) => {
    let cursor = '0';
    do {
      const [next, keys] = await client.scan(cursor, 'MATCH', 'tenant:*', 'COUNT', KEYS_A_STEP);
      if (keys.length > 0) await client.unlink(...keys);
      cursor = next;
    } while (cursor !== '0');
  });
}

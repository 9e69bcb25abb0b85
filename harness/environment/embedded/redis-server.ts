/** Starts Redis (or Valkey) in a private folder with two named users and no anonymous one, and waits for its PONG. */
import path from 'node:path';
import { Redis } from 'ioredis';
import { awaitReady } from '../processes/await-ready.ts';
import { LOOPBACK, saysAddressInUse, startOnPort } from '../processes/free-port.ts';
import type { ServerProcess } from '../processes/server-process.ts';
import { redisAdminUser, secretFiles } from '../service/service-names.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { launchServer } from './launch-server.ts';

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
}

const READY_TIMEOUT_MS = 30_000;
const ANSWER_TIMEOUT_MS = 2_000;

export async function startRedis({ folder, program, port: wanted, signal }: RedisOptions): Promise<RedisServer> {
  const adminPassword = folder.readSecret(secretFiles.redisAdmin);
  const data = folder.makeServerFolder('redis');
  const users = folder.secretPath(secretFiles.redisUsers);
  const start = async (port: number) => {
    const config = folder.writeServerFile(path.join('config', 'redis.conf'), renderConfiguration(port, data, users));
    const server = launchServer(folder, { name: 'redis', kind: 'redis', command: program, args: [config], cwd: data });
    const probe = () => answersPing(port, adminPassword);
    await awaitReady({ server, probe, timeoutMs: READY_TIMEOUT_MS, signal });
    return { server, port };
  };
  return startOnPort({ wanted, purpose: 'Redis', lostPort: saysAddressInUse, start });
}

/**
 * Append-only file, written out each second: sessions that were logged out are kept here, and a restart must not bring them
 * back to life. No snapshots: each would fork the server in the middle of a measurement (Redis documentation, "Persistence").
 */
export const redisSettings = {
  save: '""',
  appendonly: 'yes',
  appendfsync: 'everysec',
  maxmemory: '512mb',
  // A full cache must not drop revoked sessions, which have an expiry too: refuse writes instead, which shows.
  'maxmemory-policy': 'noeviction',
};

function renderConfiguration(port: number, data: string, users: string): string {
  const settings = {
    bind: LOOPBACK,
    port,
    dir: quote(data),
    aclfile: quote(users),
    daemonize: 'no',
    ...redisSettings,
    loglevel: 'notice',
  };
  return `${Object.entries(settings)
    .map(([name, value]) => `${name} ${value}`)
    .join('\n')}\n`;
}

const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

/** null when it answers PONG to its administrator. */
async function answersPing(port: number, password: string): Promise<string | null> {
  const client = new Redis({
    host: LOOPBACK,
    port,
    username: redisAdminUser,
    password,
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
    return (await client.ping()) === 'PONG' ? null : 'no PONG';
  } catch (error) {
    throw problems[0] ?? error;
  } finally {
    client.disconnect();
  }
}

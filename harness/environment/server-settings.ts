/** Asks the servers of a system for their versions and for the settings that bear on the figures. */
import { Client } from 'pg';
import { Redis } from 'ioredis';
import { z } from 'zod';
import type { System } from '../model/system.ts';

export interface ServerSettings {
  versions: Record<string, string>;
  settings: Record<string, string>;
}

const POSTGRES_SETTINGS = [
  ...[
    'fsync',
    'synchronous_commit',
    'full_page_writes',
    'wal_level',
    'data_checksums',
    'checkpoint_timeout',
    'max_wal_size',
  ],
  ...['shared_buffers', 'effective_cache_size', 'work_mem', 'max_connections', 'random_page_cost', 'jit', 'autovacuum'],
  ...['shared_preload_libraries', 'track_io_timing', 'max_parallel_workers_per_gather'],
];
const REDIS_SETTINGS = ['appendonly', 'appendfsync', 'save', 'maxmemory', 'maxmemory-policy'];

export async function readServerSettings(system: System): Promise<ServerSettings> {
  const servers = await Promise.all([askPostgres(system), askRedis(system), askVault(system)]);
  return {
    versions: Object.assign({}, ...servers.map(({ versions }) => versions)) as Record<string, string>,
    settings: Object.assign({}, ...servers.map(({ settings }) => settings)) as Record<string, string>,
  };
}

async function askPostgres({ postgres }: System): Promise<ServerSettings> {
  const { host, port, database, adminUser: user, adminPassword: password } = postgres;
  const client = new Client({ host, port, database, user, password });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; value: string }>(
      'select name, current_setting(name) as value from pg_settings where name = any($1) order by name',
      [[...POSTGRES_SETTINGS, 'server_version']],
    );
    const values = Object.fromEntries(rows.map(({ name, value }) => [name, value]));
    const settings = POSTGRES_SETTINGS.flatMap((name): [string, string][] =>
      name in values ? [[`postgres.${name}`, values[name] ?? '']] : [],
    );
    return { versions: { postgres: values['server_version'] ?? 'unknown' }, settings: Object.fromEntries(settings) };
  } finally {
    await client.end();
  }
}

async function askRedis({ redis }: System): Promise<ServerSettings> {
  const { host, port, adminUser: username, adminPassword: password } = redis;
  const client = new Redis({
    host,
    port,
    username,
    password,
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: null,
  });
  const problems: Error[] = [];
  client.on('error', (error) => problems.push(error));
  try {
    await client.connect();
    const info = await client.info('server');
    const version = /^(?:valkey_version|redis_version):(.+?)\r?$/m.exec(info)?.[1] ?? 'unknown';
    const answers = await Promise.all(
      REDIS_SETTINGS.map(async (name) => z.array(z.string()).parse(await client.config('GET', name))),
    );
    const settings = answers.map(([name = '', value = '']): [string, string] => [`redis.${name}`, value]);
    return { versions: { redis: version }, settings: Object.fromEntries(settings) };
  } catch (error) {
    throw problems[0] ?? error;
  } finally {
    client.disconnect();
  }
}

const vaultHealthSchema = z.object({ version: z.string() });
const ANY_STATE_IS_AN_ANSWER = 'sealedcode=200&standbyok=true';

async function askVault({ vault }: System): Promise<ServerSettings> {
  const response = await fetch(`${vault.address}/v1/sys/health?${ANY_STATE_IS_AN_ANSWER}`);
  const { version } = vaultHealthSchema.parse(await response.json());
  return { versions: { vault: version }, settings: {} };
}

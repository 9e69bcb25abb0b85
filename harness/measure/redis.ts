/** Gathers what Redis did in the measured window, from its INFO counters. */
import { Redis } from 'ioredis';
import type { Measurement } from '../model/measurement.ts';
import type { System } from '../model/system.ts';
import type { Gatherer } from './gatherer.ts';

type RedisFacts = Extract<Measurement['artefacts']['redis'], { ok: true }>['value'];

const TIMEOUT_MS = 5_000;

/** One connection for the block. The gatherer's own INFO commands are in `commands`: two of them. */
export function redisGatherer({ redis }: System): Gatherer<RedisFacts> {
  let client: Redis | null = null;
  let start: RedisFacts | null = null;
  let end: RedisFacts | null = null;
  const readInfo = async (): Promise<RedisFacts> => {
    if (client === null) throw new Error('not connected');
    return redisFigures(await client.info());
  };
  return {
    open: async () => {
      client = adminClient(redis);
      await client.connect();
    },
    windowStarts: async () => {
      start = await readInfo();
    },
    windowEnds: async () => {
      end = await readInfo();
    },
    read: () => {
      if (start === null || end === null) throw new Error('no INFO at the ends of the window');
      return Promise.resolve({
        commands: end.commands - start.commands,
        hits: end.hits - start.hits,
        misses: end.misses - start.misses,
        usedMemoryBytes: end.usedMemoryBytes,
        evictedKeys: end.evictedKeys - start.evictedKeys,
      });
    },
    close: () => client?.disconnect(),
  };
}

/** Not connected yet, and never again by itself: a lost connection is a failed gatherer. */
function adminClient({ host, port, adminUser, adminPassword }: System['redis']): Redis {
  const client = new Redis({
    host,
    port,
    username: adminUser,
    password: adminPassword,
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Every command rejects with the same reason; without a listener ioredis would print it besides.
  client.on('error', () => undefined);
  return client;
}

/** The counters of an INFO answer since the server started; throws where one is missing. */
export function redisFigures(info: string): RedisFacts {
  const figure = (name: string): number => {
    const text = new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1];
    if (text === undefined) throw new Error(`INFO of Redis has no ${name}`);
    return Number(text);
  };
  return {
    commands: figure('total_commands_processed'),
    hits: figure('keyspace_hits'),
    misses: figure('keyspace_misses'),
    usedMemoryBytes: figure('used_memory'),
    evictedKeys: figure('evicted_keys'),
  };
}

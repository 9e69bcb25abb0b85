/** A connection to Redis as its administrator, for the length of one action. */
import { Redis } from 'ioredis';
import type { System } from '../model/system.ts';

const ANSWER_TIMEOUT_MS = 5_000;

export async function withRedisAdmin<T>({ redis }: System, action: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis({
    host: redis.host,
    port: redis.port,
    username: redis.adminUser,
    password: redis.adminPassword,
    lazyConnect: true,
    connectTimeout: ANSWER_TIMEOUT_MS,
    commandTimeout: ANSWER_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Without a listener ioredis prints to the console; the first problem says more than the rejected call.
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

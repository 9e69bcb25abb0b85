/** Drops everything that services have cached for tenants in Redis; what they keep beside it stays. */
import { Redis } from 'ioredis';
import type { ProvisioningContext } from './provisioning-context.ts';
import { redisAdminUser } from './redis-users.ts';
import { secretNames } from './secret-names.ts';
import { talkingTo } from './server-refusal.ts';

const answerTimeoutMs = 5000;
const keysPerStep = 1000;

/** Returns how many keys were dropped. */
export async function dropTenantKeys({ settings, tree }: ProvisioningContext): Promise<number> {
  const { REDIS_HOST: host, REDIS_PORT: port } = settings;
  const password = tree.require(secretNames.redisAdmin, 'secrets');
  return talkingTo(`Redis at ${host}:${port}, as ${redisAdminUser}`, async () => {
    const client = new Redis({
      ...{ host, port, username: redisAdminUser, password },
      lazyConnect: true,
      connectTimeout: answerTimeoutMs,
      commandTimeout: answerTimeoutMs,
      maxRetriesPerRequest: 0,
      retryStrategy: null,
    });
    // Without a listener ioredis prints to the console; the first problem says more than the rejected call.
    const problems: Error[] = [];
    client.on('error', (error) => problems.push(error));
    try {
      await client.connect();
      return await unlinkTenantKeys(client);
    } catch (error) {
      throw problems[0] ?? error;
    } finally {
      client.disconnect();
    }
  });
}

async function unlinkTenantKeys(client: Redis): Promise<number> {
  let dropped = 0;
  let cursor = '0';
  do {
    const [next, keys] = await client.scan(cursor, 'MATCH', 'tenant:*', 'COUNT', keysPerStep);
    if (keys.length > 0) dropped += await client.unlink(...keys);
    cursor = next;
  } while (cursor !== '0');
  return dropped;
}

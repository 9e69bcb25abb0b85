/** Whether Redis still holds what it was given: it may have come back empty, and would then forget revoked sessions. */
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { FastifyBaseLogger } from 'fastify';
import { noTenant, tenantKey } from './tenant-key.ts';

const markSeconds = 30 * 86_400;

export interface RedisContinuity {
  /** False while Redis is away, and for as long afterwards as something that it lost could matter. */
  isIntact(): boolean;
}

/** Leaves a mark of this process in Redis and looks for it at every reconnection. */
export function watchContinuity(redis: Redis, retentionSeconds: number, log: FastifyBaseLogger): RedisContinuity {
  const mark = tenantKey(noTenant, 'process', randomUUID());
  let connected = false;
  let marked = false;
  let distrustedUntilMs = 0;

  async function lookForMark(): Promise<void> {
    if (marked && (await redis.get(mark)) === null) {
      distrustedUntilMs = Date.now() + retentionSeconds * 1000;
      log.warn('redis came back without its data; sessions are checked in the database until older ones have expired');
    }
    await redis.set(mark, '1', 'EX', markSeconds);
    marked = true;
    connected = true;
  }

  redis.on('ready', () => {
    lookForMark().catch((error: unknown) => log.warn({ err: error }, 'redis connected but does not answer'));
  });
  redis.on('close', () => {
    connected = false;
  });
  return { isIntact: () => connected && Date.now() >= distrustedUntilMs };
}

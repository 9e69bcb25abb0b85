/** Writes revocations to Redis; what it cannot take now waits here and follows once it can be reached again. */
import type { Redis } from 'ioredis';
import type { FastifyBaseLogger } from 'fastify';
import type { Metrics } from '../observability/metrics.ts';

export interface RevocationMarks {
  /** Kept for the life of a session: after that every token of before has expired. */
  set(key: string, value: string): Promise<void>;
  isPending(key: string): boolean;
}

interface Dependencies {
  redis: Redis;
  metrics: Metrics;
  sessionSeconds: number;
  log: FastifyBaseLogger;
}

interface Mark {
  value: string;
  expiresAtMs: number;
}

export function createRevocationMarks({ redis, metrics, sessionSeconds, log }: Dependencies): RevocationMarks {
  const pending = new Map<string, Mark>();

  async function write(key: string, mark: Mark): Promise<void> {
    const ttlMs = mark.expiresAtMs - Date.now();
    if (ttlMs <= 0) return;
    await redis.set(key, mark.value, 'PX', Math.ceil(ttlMs));
  }

  async function set(key: string, value: string): Promise<void> {
    const mark = { value, expiresAtMs: Date.now() + sessionSeconds * 1000 };
    try {
      await write(key, mark);
    } catch (error) {
      metrics.redisErrors.inc({ operation: 'revoke' });
      pending.set(key, mark);
      log.warn({ err: error }, 'a revocation waits for redis; until then the database answers for it');
    }
  }

  async function writePending(): Promise<void> {
    for (const [key, mark] of pending) {
      await write(key, mark);
      pending.delete(key);
    }
  }
  redis.on('ready', () => {
    writePending().catch((error: unknown) => log.warn({ err: error }, 'revocations still wait for redis'));
  });

  return { set, isPending: (key) => pending.has(key) };
}

/** Limits failed attempts to log in, per tenant and e-mail address, a minute at a time. */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { tenantKey } from '../cache/tenant-key.ts';
import type { Metrics } from '../observability/metrics.ts';

const windowSeconds = 60;
/** While Redis is away this process counts for itself, and forgets all rather than grow without bound. */
const maximumLocalCounters = 10_000;

export interface LoginAttempts {
  /**
   * Counts an attempt as failed before its password is looked at, so that attempts made at once cannot slip through;
   * null when there were too many. The returned function takes the attempt back, once it proved to be right.
   */
  begin(tenantId: string, email: string): Promise<(() => Promise<void>) | null>;
}

export function createLoginAttempts(redis: Redis, metrics: Metrics, perMinute: number): LoginAttempts {
  const local = new Map<string, number>();

  function addLocally(key: string, change: number): number {
    if (local.size >= maximumLocalCounters) local.clear();
    const attempts = Math.max(0, (local.get(key) ?? 0) + change);
    local.set(key, attempts);
    return attempts;
  }

  async function add(key: string, change: 1 | -1): Promise<number> {
    try {
      const [attempts] = await Promise.all([redis.incrby(key, change), redis.expire(key, windowSeconds)]);
      return attempts;
    } catch {
      metrics.redisErrors.inc({ operation: 'count-login' });
      return addLocally(key, change);
    }
  }

  return {
    async begin(tenantId, email) {
      if (perMinute === 0) return () => Promise.resolve();
      // The address is hashed: Redis has no need to know who logs in. The minute is part of the key.
      const minute = Math.floor(Date.now() / (windowSeconds * 1000));
      const digest = createHash('sha256').update(email).digest('base64url').slice(0, 22);
      const key = tenantKey(tenantId, 'login-attempts', `${digest}:${minute}`);
      if ((await add(key, 1)) > perMinute) return null;
      return async () => {
        await add(key, -1);
      };
    },
  };
}

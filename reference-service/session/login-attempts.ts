/** Counts attempts to log in per tenant and e-mail address, a minute at a time. */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { tenantKey } from '../cache/tenant-key.ts';
import type { Metrics } from '../observability/metrics.ts';

const windowSeconds = 60;
/** While Redis is away this process counts for itself, and forgets all rather than grow without bound. */
const maximumLocalCounters = 10_000;

export interface LoginAttempts {
  /** Counts this attempt; false when there were too many within the minute. */
  allow(tenantId: string, email: string): Promise<boolean>;
}

export function createLoginAttempts(redis: Redis, metrics: Metrics, perMinute: number): LoginAttempts {
  const local = new Map<string, number>();

  function countLocally(key: string): number {
    if (local.size >= maximumLocalCounters) local.clear();
    const attempts = (local.get(key) ?? 0) + 1;
    local.set(key, attempts);
    return attempts;
  }

  async function count(key: string): Promise<number> {
    try {
      const [attempts] = await Promise.all([redis.incr(key), redis.expire(key, windowSeconds)]);
      return attempts;
    } catch {
      metrics.redisErrors.inc({ operation: 'count-login' });
      return countLocally(key);
    }
  }

  return {
    async allow(tenantId, email) {
      if (perMinute === 0) return true;
      // The address is hashed: Redis has no need to know who logs in. The minute is part of the key.
      const minute = Math.floor(Date.now() / (windowSeconds * 1000));
      const digest = createHash('sha256').update(email).digest('base64url').slice(0, 22);
      return (await count(tenantKey(tenantId, 'login-attempts', `${digest}:${minute}`))) <= perMinute;
    },
  };
}

/** Limits failed attempts to log in, a minute at a time: on one account from anywhere, and from one network on any account. */
import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { noTenant, tenantKey } from '../cache/tenant-key.ts';
import type { Metrics } from '../observability/metrics.ts';
import { clientNetwork } from './client-network.ts';

const windowSeconds = 60;
/** While Redis is away this process counts for itself, and forgets all rather than grow without bound. */
const maximumLocalCounters = 10_000;

export interface LoginAttempt {
  tenantId: string;
  /** What names the user within the tenant. */
  account: string;
  /** The client's IP address. */
  address: string;
}

export interface LoginAttempts {
  /**
   * Counts an attempt as failed before its password is looked at, so that attempts made at once cannot slip through;
   * null when there were too many. The returned function takes the attempt back, once it proved to be right.
   */
  begin(attempt: LoginAttempt): Promise<(() => Promise<void>) | null>;
}

interface LoginLimits {
  /** Each 0: off. */
  perAccount: number;
  perNetwork: number;
}

export function createLoginAttempts(redis: Redis, metrics: Metrics, limits: LoginLimits): LoginAttempts {
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
    async begin({ tenantId, account, address }) {
      // The network first: what it has spent is not also taken from the accounts that it tries.
      const counters = [
        { key: counterKey(noTenant, `network ${clientNetwork(address)}`), limit: limits.perNetwork },
        { key: counterKey(tenantId, account), limit: limits.perAccount },
      ].filter(({ limit }) => limit > 0);
      for (const { key, limit } of counters) if ((await add(key, 1)) > limit) return null;
      return async () => {
        await Promise.all(counters.map(({ key }) => add(key, -1)));
      };
    },
  };
}

/** Hashed: Redis has no need to know who logs in. The minute is part of the key. */
function counterKey(tenantId: string, whose: string): string {
  const minute = Math.floor(Date.now() / (windowSeconds * 1000));
  const digest = createHash('sha256').update(whose).digest('base64url').slice(0, 22);
  return tenantKey(tenantId, 'login-attempts', `${digest}:${minute}`);
}

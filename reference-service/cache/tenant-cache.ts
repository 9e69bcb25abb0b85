/** A tenant's cached values in Redis. Where Redis cannot answer, there is simply nothing cached. */
import type { Redis } from 'ioredis';
import type { Metrics } from '../observability/metrics.ts';
import { tenantKey } from './tenant-key.ts';

type CacheKind = 'quote' | 'exposure';

export interface TenantCache {
  /** A value or null per id, in order. */
  read(tenantId: string, kind: CacheKind, ids: string[]): Promise<(string | null)[]>;
  write(tenantId: string, kind: CacheKind, values: Map<string, string>, ttlSeconds: number): Promise<void>;
}

export function createTenantCache(redis: Redis, metrics: Metrics): TenantCache {
  return {
    async read(tenantId, kind, ids) {
      try {
        return await redis.mget(ids.map((id) => tenantKey(tenantId, kind, id)));
      } catch {
        // Counted, not passed on: the caller reads the database instead.
        metrics.redisErrors.inc({ operation: `read-${kind}` });
        return ids.map(() => null);
      }
    },
    async write(tenantId, kind, values, ttlSeconds) {
      try {
        const writes = [...values].map(([id, value]) =>
          redis.set(tenantKey(tenantId, kind, id), value, 'EX', ttlSeconds),
        );
        await Promise.all(writes);
      } catch {
        // What is not cached is read from the database again.
        metrics.redisErrors.inc({ operation: `write-${kind}` });
      }
    },
  };
}

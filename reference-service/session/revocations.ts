/**
 * Sessions that ended before their token expired: logged out, or their user's role or access changed.
 *
 * Policy: no request goes through unchecked. Redis is asked (one MGET); while it is away or has lost its data, Postgres
 * is, which knows the same from its audit log and its users. Revocations made meanwhile reach Redis once it is back.
 */
import type { Redis } from 'ioredis';
import type { FastifyBaseLogger } from 'fastify';
import type { RedisContinuity } from '../cache/redis-continuity.ts';
import { tenantKey } from '../cache/tenant-key.ts';
import type { Database } from '../database/database.ts';
import type { Metrics } from '../observability/metrics.ts';
import { checkSession } from '../queries/users.ts';
import type { Role } from '../schemas/user.ts';
import type { Principal } from './principal.ts';
import { createRevocationMarks } from './revocation-marks.ts';

export interface Revocations {
  isRevoked(principal: Principal): Promise<boolean>;
  /** The token of this session is not accepted any more. */
  revokeSession(principal: Principal): Promise<void>;
  /** Of this user, only tokens of the given role are accepted from now on; of an inactive user, none. */
  changeUser(tenantId: string, userId: string, state: Role | 'inactive'): Promise<void>;
}

interface Dependencies {
  redis: Redis;
  continuity: RedisContinuity;
  database: Database;
  metrics: Metrics;
  sessionSeconds: number;
  log: FastifyBaseLogger;
}

export function createRevocations(dependencies: Dependencies): Revocations {
  const { redis, continuity, database, metrics, sessionSeconds, log } = dependencies;
  const marks = createRevocationMarks({ redis, metrics, sessionSeconds, log });

  async function isRevokedInDatabase(principal: Principal): Promise<boolean> {
    const [rows] = await database.asTenant(principal.tenantId, checkSession(principal.tenantId, principal));
    return rows[0]?.stands !== true;
  }

  async function isRevoked(principal: Principal): Promise<boolean> {
    const { tenantId, sessionId, userId, role } = principal;
    const keys = [tenantKey(tenantId, 'revoked', sessionId), tenantKey(tenantId, 'user-state', userId)];
    if (!continuity.isIntact() || keys.some((key) => marks.isPending(key))) return isRevokedInDatabase(principal);
    try {
      const [revoked, state] = await redis.mget(keys);
      return revoked !== null || (state !== null && state !== role);
    } catch {
      metrics.redisErrors.inc({ operation: 'check-revocation' });
      return isRevokedInDatabase(principal);
    }
  }

  return {
    isRevoked,
    revokeSession: ({ tenantId, sessionId }) => marks.set(tenantKey(tenantId, 'revoked', sessionId), '1'),
    changeUser: (tenantId, userId, state) => marks.set(tenantKey(tenantId, 'user-state', userId), state),
  };
}

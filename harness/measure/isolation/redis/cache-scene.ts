/** Three tenants with sessions, and what the service keeps for them in Redis: the stage of the probes of its keys. */
import type { Redis } from 'ioredis';
import { z } from 'zod';
import type { ManifestTenant } from '../../../model/manifest.ts';
import { type ServiceAnswer, askService, logIn } from '../ask-service.ts';
import type { ProbeScene } from '../probe-scene.ts';
import { tenantPairs } from '../tenant-pairs.ts';

/** Stands for no tenant: marks of a process, and attempts to log in to a tenant that does not exist. */
export const noTenant = '00000000-0000-0000-0000-000000000000';

export interface CacheActor {
  tenant: ManifestTenant;
  session: string;
}

export interface CacheScene {
  admin: Redis;
  pairs: { owner: CacheActor; stranger: CacheActor }[];
  symbols: readonly string[];
  tenantIds: ReadonlySet<string>;
  ask: (actor: CacheActor, path: string, method?: 'GET' | 'POST') => Promise<ServiceAnswer>;
  /** A session of its own: it may be ended. */
  logIn: (tenant: ManifestTenant) => Promise<CacheActor>;
}

export async function openCacheScene({ service, manifest, signal }: ProbeScene, admin: Redis): Promise<CacheScene> {
  const { url } = service;
  const enter = async (tenant: ManifestTenant): Promise<CacheActor> => ({
    tenant,
    session: await logIn({ url, tenant, role: 'trader', password: manifest.demoPassword }, signal),
  });
  const pairs = tenantPairs(manifest.tenants);
  const actors = new Map<string, CacheActor>();
  for (const { owner } of pairs) actors.set(owner.id, await enter(owner));
  const actorOf = ({ id, slug }: ManifestTenant): CacheActor => {
    const actor = actors.get(id);
    if (actor === undefined) throw new Error(`${slug} plays no owner`);
    return actor;
  };
  return {
    admin,
    pairs: pairs.map(({ owner, stranger }) => ({ owner: actorOf(owner), stranger: actorOf(stranger) })),
    symbols: manifest.symbols,
    tenantIds: new Set(manifest.tenants.map(({ id }) => id)),
    ask: ({ session }, path, method = 'GET') => askService(url, { method, path, session }, signal),
    logIn: enter,
  };
}

export const exposureKey = ({ tenant }: CacheActor): string => `tenant:${tenant.id}:exposure:all`;
export const quoteKey = ({ tenant }: CacheActor, symbol: string): string => `tenant:${tenant.id}:quote:${symbol}`;
export const revokedKey = (tenantId: string, session: string): string =>
  `tenant:${tenantId}:revoked:${claimOf(session, 'jti')}`;
export const userStateKey = (tenantId: string, session: string): string =>
  `tenant:${tenantId}:user-state:${claimOf(session, 'sub')}`;

export const exposurePath = '/api/v1/risk/exposure/cached';
export const quotePath = (symbol: string): string => `/api/v1/quotes?symbols=${encodeURIComponent(symbol)}`;

/** RFC 7519: jti is the session, sub its user. */
function claimOf(session: string, claim: 'jti' | 'sub'): string {
  const payload: unknown = JSON.parse(Buffer.from(session.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return z.looseObject({ [claim]: z.string() }).parse(payload)[claim] ?? '';
}

/** Three tenants with sessions, and what the service keeps for them in Redis: the stage of the probes of its keys. */
import type { Redis } from 'ioredis';
import type { ManifestTenant } from '../../../model/manifest.ts';
import { type ServiceAnswer, askService, logIn } from '../ask-service.ts';
import type { ProbeScene } from '../probe-scene.ts';
import { tenantPairs } from '../tenant-pairs.ts';

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
export const revokedKey = ({ tenant }: CacheActor, session: string): string =>
  `tenant:${tenant.id}:revoked:${sessionIdOf(session)}`;

export const exposurePath = '/api/v1/risk/exposure/cached';
export const quotePath = (symbol: string): string => `/api/v1/quotes?symbols=${encodeURIComponent(symbol)}`;

/** The claim `jti` of the token (RFC 7519). */
function sessionIdOf(session: string): string {
  const payload: unknown = JSON.parse(Buffer.from(session.split('.')[1] ?? '', 'base64url').toString('utf8'));
  if (typeof payload === 'object' && payload !== null && 'jti' in payload && typeof payload.jti === 'string') {
    return payload.jti;
  }
  throw new Error('the session token has no id');
}

/** Every key that services have written: each must begin with a tenant, hold nothing of another, and be the one that is expected. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Look } from '../look.ts';
import {
  type CacheActor,
  type CacheScene,
  exposureKey,
  exposurePath,
  noTenant,
  quoteKey,
  quotePath,
  revokedKey,
} from './cache-scene.ts';
import { isProbeKey } from './probe-keys.ts';
import { saysNothing } from './says-nothing.ts';

const namespaced = /^tenant:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):[a-z-]+:./;
const keysPerStep = 1_000;
const valuesPerRead = 200;
/** A Redis that is busy for a moment is passed over by the service: what is not there for so long, and so often, is not put there. */
const attempts = 5;
const patienceMs = 3_000;
const tryEveryMs = 100;

const probes = {
  names: 'redis: every key begins with its tenant',
  contents: "redis: cached exposure lies under its own tenant's key",
  places: "redis: what a request leaves lies under its own tenant's keys",
};

export async function probeWrittenKeys(scene: CacheScene): Promise<Look[]> {
  const left = await Promise.all(scene.pairs.map(({ owner }) => lookAtPlaces(scene, owner)));
  const keys = await listKeys(scene.admin);
  const strangers = keys.filter((key) => !isProbeKey(key) && !isOfTenant(key, scene.tenantIds));
  const names: Look = {
    probe: probes.names,
    kind: 'probe',
    outcome: strangers.length === 0 ? 'ok' : 'violation',
    detail: `${strangers.length} of ${keys.length} keys, for instance ${formOf(strangers[0] ?? '')}`,
  };
  return [names, ...(await lookAtContents(scene.admin, keys)), ...left.flat()];
}

function isOfTenant(key: string, tenantIds: ReadonlySet<string>): boolean {
  const id = namespaced.exec(key)?.[1];
  return id !== undefined && (id === noTenant || tenantIds.has(id));
}

/** The parts of a key by their lengths: names of keys may be secrets, such as ids of sessions. */
function formOf(key: string): string {
  const [first = '', second = '', ...rest] = key.split(':');
  return [first.slice(0, 12), second.slice(0, 4), ...rest.map((part) => `${part.length} characters`)].join(':');
}

async function listKeys(admin: Redis): Promise<string[]> {
  const keys = new Set<string>();
  let cursor = '0';
  do {
    const [next, found] = await admin.scan(cursor, 'COUNT', keysPerStep);
    for (const key of found) keys.add(key);
    cursor = next;
  } while (cursor !== '0');
  return [...keys];
}

/** The tenant that a cached value speaks of is the one that its key names. */
async function lookAtContents(admin: Redis, keys: readonly string[]): Promise<Look[]> {
  const cached = keys.filter((key) => /^tenant:[^:]+:exposure:/.test(key) && !isProbeKey(key)).slice(0, valuesPerRead);
  const values = cached.length === 0 ? [] : await admin.mget(cached);
  return cached.flatMap((key, index): Look[] => {
    const value = values[index];
    // Expired since it was listed.
    if (typeof value !== 'string') return [];
    const own = value.includes(`"tenantId":"${key.split(':')[1]}"`);
    return [{ probe: probes.contents, kind: 'probe', outcome: own ? 'ok' : 'violation', detail: 'of another tenant' }];
  });
}

/** After requests of a tenant, what they are known to leave is there: the places are found, so the search can see. */
async function lookAtPlaces(scene: CacheScene, owner: CacheActor): Promise<Look[]> {
  const symbol = scene.symbols[0] ?? '';
  let logout = 0;
  const leaves = async () => {
    const leaving = await scene.logIn(owner.tenant);
    logout = (await scene.ask(leaving, '/api/v1/auth/logout', 'POST')).status;
    return (await scene.admin.exists(revokedKey(leaving.tenant.id, leaving.session))) === 1;
  };
  const [exposure, quote, revoked] = await Promise.all([
    isLeft(scene, exposureKey(owner), owner, exposurePath),
    isLeft(scene, quoteKey(owner, symbol), owner, quotePath(symbol)),
    comesAbout(leaves),
  ]);
  const missing = Object.entries({ exposure, quote, revoked }).flatMap(([what, found]) => (found ? [] : [what]));
  const detail = `${owner.tenant.slug}: not under its key: ${missing.join(', ')} (logout: ${logout})`;
  const decided = missing.length === 0 ? 'ok' : saysNothing(logout) ? 'undecided' : 'violation';
  return [
    { probe: probes.places, kind: 'probe', outcome: decided, detail },
    ...Object.values(probes).map((probe): Look => ({ probe, kind: 'control', outcome: decided, detail })),
  ];
}

function isLeft({ admin, ask }: CacheScene, key: string, owner: CacheActor, path: string): Promise<boolean> {
  return comesAbout(async () => {
    await admin.unlink(key);
    await ask(owner, path);
    return (await admin.exists(key)) === 1;
  });
}

async function comesAbout(happens: () => Promise<boolean>): Promise<boolean> {
  const deadlineMs = performance.now() + patienceMs;
  for (let attempt = 1; attempt <= attempts || performance.now() < deadlineMs; attempt += 1) {
    if (await happens()) return true;
    await delay(tryEveryMs);
  }
  return false;
}

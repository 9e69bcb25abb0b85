/** Values planted under one tenant's keys: its own requests must show them, and nobody else's may. */
import { randomInt } from 'node:crypto';
import type { Look } from '../look.ts';
import { saysNothing } from './says-nothing.ts';
import {
  type CacheActor,
  type CacheScene,
  exposureKey,
  exposurePath,
  quoteKey,
  quotePath,
  noTenant,
  revokedKey,
  userStateKey,
} from './cache-scene.ts';

/** As the service keeps them; short, so that nothing planted outlives the probe. */
const cachedSeconds = 10;
/** Between planting and asking, another request of that tenant may have written its own value. */
const attempts = 4;
const digits = 15;

interface Planted {
  probe: string;
  key: (actor: CacheActor) => string;
  path: string;
  value: (owner: CacheActor, marker: string) => unknown;
}

export async function probePlantedValues(scene: CacheScene): Promise<Look[]> {
  const symbol = scene.symbols[randomInt(scene.symbols.length)] ?? '';
  const looks: Look[] = [];
  for (const { owner, stranger } of scene.pairs) {
    for (const planted of [plantedExposure, plantedQuote(symbol)]) {
      looks.push(...(await probePlanted(scene, planted, owner, stranger)));
    }
    looks.push(...(await probeRevocation(scene, owner, stranger)));
  }
  return looks;
}

/** What the seed knows is kept right, so that nobody who checks these figures meanwhile is alarmed; the marker is the rest. */
const plantedExposure: Planted = {
  probe: 'redis: cached exposure of another tenant',
  key: exposureKey,
  path: exposurePath,
  value: ({ tenant }, marker) => {
    const { positions, grossExposure } = tenant.expected;
    return { tenantId: tenant.id, positions, grossExposure, netExposure: marker, byAssetClass: [] };
  },
};

const plantedQuote = (symbol: string): Planted => ({
  probe: 'redis: cached quote of another tenant',
  key: (actor) => quoteKey(actor, symbol),
  path: quotePath(symbol),
  value: (_owner, marker) => ({ symbol, price: marker, asOf: '2020-01-02' }),
});

async function probePlanted(
  scene: CacheScene,
  { probe, key, path, value }: Planted,
  owner: CacheActor,
  stranger: CacheActor,
): Promise<Look[]> {
  const marker = `0.${Array.from({ length: digits }, () => randomInt(1, 10)).join('')}`;
  const text = JSON.stringify(value(owner, marker));
  try {
    await scene.admin.set(key(owner), text, 'EX', cachedSeconds);
    // The owner first: what the service may keep beside Redis holds the owner's value by then.
    const control = await ownerSees(scene, { probe, key: key(owner), path, text, marker }, owner);
    // The stranger's own value goes, so that its request has to look again.
    await scene.admin.unlink(key(stranger));
    const foreign = await scene.ask(stranger, path);
    const leaked = foreign.body.includes(marker);
    const what = `${stranger.tenant.slug} at ${path}`;
    const seen: Look = leaked
      ? { probe, kind: 'probe', outcome: 'violation', detail: `${what}: what was cached for ${owner.tenant.slug}` }
      : {
          probe,
          kind: 'probe',
          outcome: foreign.status === 200 ? 'ok' : 'undecided',
          detail: `${what}: ${foreign.status}`,
        };
    return [seen, control];
  } finally {
    await scene.admin.unlink(key(owner));
  }
}

interface Expected {
  probe: string;
  key: string;
  path: string;
  text: string;
  marker: string;
}

async function ownerSees(scene: CacheScene, expected: Expected, owner: CacheActor): Promise<Look> {
  const { probe, key, path, text, marker } = expected;
  let status = 0;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const answer = await scene.ask(owner, path);
    if (answer.body.includes(marker)) return { probe, kind: 'control', outcome: 'ok', detail: '' };
    status = answer.status;
    await scene.admin.set(key, text, 'EX', cachedSeconds);
  }
  const detail = `${owner.tenant.slug} was not answered from its own key: status ${status}`;
  return { probe, kind: 'control', outcome: saysNothing(status) ? 'undecided' : 'violation', detail };
}

/** A session ends by a mark under its own tenant; the same marks under another tenant, or under none, are nobody's business. */
async function probeRevocation(scene: CacheScene, owner: CacheActor, stranger: CacheActor): Promise<Look[]> {
  const probe = "redis: revocation under another tenant's keys, or under nobody's";
  const fresh = await scene.logIn(owner.tenant);
  const elsewhere = [stranger.tenant.id, noTenant];
  const foreign = elsewhere.flatMap((id) => [revokedKey(id, fresh.session), userStateKey(id, fresh.session)]);
  const own = revokedKey(owner.tenant.id, fresh.session);
  try {
    // Of the state of a user, anything but the role of the session ends it.
    for (const key of foreign) await scene.admin.set(key, 'inactive', 'EX', cachedSeconds);
    const during = (await scene.ask(fresh, '/api/v1/portfolios')).status;
    await scene.admin.set(own, '1', 'EX', cachedSeconds);
    const after = await statusOnceEnded(scene, fresh);
    const { slug } = owner.tenant;
    return [
      {
        probe,
        kind: 'probe',
        outcome: during === 200 ? 'ok' : during === 401 ? 'violation' : 'undecided',
        detail: `a session of ${slug}, marked under ${stranger.tenant.slug} and under no tenant: status ${during}`,
      },
      {
        probe,
        kind: 'control',
        outcome: after === 401 ? 'ok' : saysNothing(after) ? 'undecided' : 'violation',
        detail: `a session of ${slug}, marked under its own tenant: status ${after}`,
      },
    ];
  } finally {
    await scene.admin.unlink(foreign);
  }
}

/** While Redis does not answer in time the service asks the database, which knows nothing of a mark that was planted. */
async function statusOnceEnded(scene: CacheScene, actor: CacheActor): Promise<number> {
  let status = 0;
  for (let attempt = 0; attempt < attempts && status !== 401; attempt += 1) {
    status = (await scene.ask(actor, '/api/v1/portfolios')).status;
  }
  return status;
}

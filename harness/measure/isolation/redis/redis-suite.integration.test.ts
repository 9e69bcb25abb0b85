/** The probes of Redis on an intact system, and with the defects that they are there to see. */
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { ProbeScene } from '../probe-scene.ts';
import { sceneOfTests } from '../testing/scene-of-tests.ts';
import { blemishes, probesOf, violated } from '../testing/summaries.ts';
import { connectRedis } from './redis-connection.ts';
import { redisSuite } from './redis-suite.ts';

const system = inject('system');
const user = 'alphapulse';
let scene: ProbeScene;
let admin: Redis;

beforeAll(async () => {
  scene = sceneOfTests(system);
  admin = await connectRedis(system.redis, { username: system.redis.adminUser, password: system.redis.adminPassword });
});
afterAll(() => admin.disconnect());

/** Redis sets `sanitize-payload`, which is the default, on every user that is changed. */
const users = async (): Promise<string[]> =>
  (await admin.acl('LIST')).map((line) => line.replace(' sanitize-payload', '')).sort();

/** With the rules of a user changed; put back as they were, whatever happens. */
async function withRules<T>(name: string, rules: string[], action: () => Promise<T>): Promise<T> {
  const before = await users();
  const line = before.find((text) => text.startsWith(`user ${name} `)) ?? `user ${name} off`;
  await admin.call('ACL', ['SETUSER', name, ...rules]);
  try {
    return await action();
  } finally {
    const known = before.some((text) => text.startsWith(`user ${name} `));
    if (known) await admin.call('ACL', ['SETUSER', name, 'reset', ...line.split(' ').slice(2)]);
    else await admin.call('ACL', ['DELUSER', name]);
    expect(await users()).toEqual(before);
  }
}

/** With a key planted; gone afterwards. */
async function withKey<T>(key: string, value: string, action: () => Promise<T>): Promise<T> {
  await admin.set(key, value, 'EX', 60);
  try {
    return await action();
  } finally {
    await admin.unlink(key);
  }
}

const found = async (): Promise<string[]> => violated(await redisSuite.run(scene));

describe('on an intact system', () => {
  it('finds nothing, five times, and leaves nothing behind', async () => {
    const before = await users();
    for (let time = 0; time < 5; time += 1) {
      const counts = await redisSuite.run(scene);
      expect(blemishes(counts)).toEqual([]);
      expect(probesOf(counts).length).toBeGreaterThan(100);
      expect(counts.every(({ layer }) => layer === 'redis')).toBe(true);
    }
    expect(await users()).toEqual(before);
    expect((await admin.keys('*')).filter((key) => key.includes('probe'))).toEqual([]);
  });
});

describe('the rules of the service’s user', () => {
  it.each([
    ['every key', ['~*'], ['redis: GET outside the namespace', 'redis: SET outside the namespace']],
    ['every key to read', ['%R~*'], ['redis: GET outside the namespace']],
    ['a prefix that is too short', ['~tenant*'], ['redis: GET of a neighbour outside the namespace']],
    ['a selector', ['(+get ~*)'], ['redis: GET outside the namespace']],
    ['every command', ['+@all'], ['redis: SCAN outside the namespace', 'redis: permission for FLUSHALL']],
    ['lists of keys', ['+scan', '+keys'], ['redis: SCAN outside the namespace', 'redis: permission for KEYS *']],
    ['scripts', ['+eval'], ['redis: EVAL that reads an undeclared key outside the namespace']],
    ['others’ commands', ['+monitor'], ['redis: permission for MONITOR']],
    ['channels', ['&*', '+psubscribe'], ['redis: permission for PSUBSCRIBE *']],
    ['no password', ['nopass'], ['redis: login with a wrong password']],
  ])('%s', async (_what, rules, expected) => {
    const probes = await withRules(user, rules, found);
    expect(probes).toEqual(expect.arrayContaining(expected));
  });
});

describe('other users', () => {
  it('an anonymous one', async () => {
    const probes = await withRules('default', ['on', 'nopass', '~tenant:*', '+ping', '+get'], found);
    expect(probes).toEqual(
      expect.arrayContaining(['redis: a command without a login', 'redis: users beside the declared ones']),
    );
  });

  it('one that nobody declared', async () => {
    const probes = await withRules('backdoor', ['on', '>secret', '~*', '+@all'], found);
    expect(probes).toEqual(['redis: users beside the declared ones']);
  });
});

describe('keys', () => {
  it('one without a tenant', async () => {
    expect(await withKey('exposure:all', '{}', found)).toEqual(['redis: every key begins with its tenant']);
  });

  it('one of a tenant that there is not', async () => {
    expect(await withKey('tenant:all:quote:AAA', '{}', found)).toEqual(['redis: every key begins with its tenant']);
  });

  it('one that holds what is another tenant’s', async () => {
    const [one, other] = [scene.manifest.tenants[1], scene.manifest.tenants[3]];
    const value = JSON.stringify({ tenantId: other?.id });
    const probes = await withKey(`tenant:${one?.id}:exposure:other`, value, found);
    expect(probes).toEqual(["redis: cached exposure lies under its own tenant's key"]);
  });
});

/** Each mutant of a server, on real ones: it changes who may do what, and taken out it leaves everything as it was. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { manifestSchema } from '../model/manifest.ts';
import { applyMutant, type ServerMutant } from './apply-mutant.ts';
import { loadMutants, mutantsDirectory } from './load-mutants.ts';
import { compareStates, securityState } from './security-state.ts';
import { withRedisAdmin } from './with-redis-admin.ts';

const system = inject('system');
const manifest = manifestSchema.parse(JSON.parse(readFileSync(system.manifestPath ?? '', 'utf8')));
const place = { system, manifest };
const mutants = (await loadMutants([mutantsDirectory])).flatMap((one): ServerMutant[] =>
  one.layer === 'service' ? [] : [one],
);

let intact: string;

beforeAll(async () => {
  intact = await securityState(system);
});

afterAll(async () => {
  expect(compareStates(intact, await securityState(system))).toEqual([]);
});

const redisMutant: Extract<ServerMutant, { layer: 'redis' }> = {
  ...{ id: 'planted', layer: 'redis', title: 't', claim: 'SEC-ISO', guarantee: 'g', seenIn: 's' },
  apply: [['ACL', 'SETUSER', 'alphapulse', '~*']],
  revert: [['ACL', 'SETUSER', 'alphapulse', 'resetkeys', '~tenant:*']],
};

describe('the state', () => {
  it('is the same text as long as nothing changes', async () => {
    expect(await securityState(system)).toBe(intact);
  });

  it('covers every server and holds no secret', () => {
    for (const part of [
      'role alphapulse_app',
      'policy public.trades',
      'user alphapulse',
      'auth/token/roles/tenant',
      'policy tenant-',
    ]) {
      expect(intact).toContain(part);
    }
    for (const secret of [system.postgres.adminPassword, system.redis.adminPassword, system.vault.rootToken]) {
      expect(intact).not.toContain(secret);
    }
    expect(intact).not.toMatch(/#[0-9a-f]{64}/);
  });
});

describe('applied and reverted', () => {
  it.each(mutants)('$layer: $id', async (mutant) => {
    const applied = await applyMutant(mutant, place);
    try {
      expect((await securityState(system)) === intact).toBe(false);
    } finally {
      await applied.revert();
    }
    expect(compareStates(intact, await securityState(system))).toEqual([]);
  });
});

describe('a mutant that does not fit', () => {
  it('is refused where the server refuses a part of it, and what was done of it is undone', async () => {
    const keys = ['ACL', 'SETUSER', 'alphapulse', '~*'];
    const half: ServerMutant = { ...redisMutant, apply: [keys, ['ACL', 'SETUSER', 'alphapulse', '+no-such-command']] };
    await expect(applyMutant(half, place)).rejects.toThrow('the mutant planted was not applied');
    expect(compareStates(intact, await securityState(system))).toEqual([]);
  });

  it('is refused where it changes nothing', async () => {
    const idle: ServerMutant = { ...redisMutant, apply: [['PING']], revert: [['PING']] };
    await expect(applyMutant(idle, place)).rejects.toThrow('nothing has changed in redis');
  });

  it('is told when its revert does not bring back what was', async () => {
    const applied = await applyMutant({ ...redisMutant, revert: [['PING']], file: 'planted.json' }, place);
    try {
      await expect(applied.revert()).rejects.toMatchObject({
        exitCode: 64,
        message: expect.stringMatching(
          /planted \(planted\.json\)[^]*redis is not as it was:\n- user alphapulse .*\n\+ user alphapulse/,
        ) as string,
      });
    } finally {
      await withRedisAdmin(system, (client) => client.call('ACL', 'SETUSER', 'alphapulse', 'resetkeys', '~tenant:*'));
    }
  });
});

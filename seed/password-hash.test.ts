/** The hash is a PHC string that an argon2id verifier accepts, and depends on seed and cost only. */
import { argon2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { buildDictionary } from './dictionary.ts';
import { demoPassword, hashDemoPassword } from './password-hash.ts';

const cost = { memoryKib: 64, passes: 2 };

describe('demo password', () => {
  it('is readable, follows from the seed, and has upper case, digits and length', () => {
    const dictionary = buildDictionary('1');
    expect(demoPassword('1', dictionary)).toBe(demoPassword('1', dictionary));
    expect(demoPassword('1', dictionary)).toMatch(/^Demo-[a-z]+-[a-z]+-\d{4}$/);
    expect(demoPassword('2', dictionary)).not.toBe(demoPassword('1', dictionary));
  });

  it('verifies against its PHC string', async () => {
    const hash = await hashDemoPassword('1', 'secret words', cost);
    expect(await hashDemoPassword('1', 'secret words', cost)).toBe(hash);
    const [, algorithm, version, parameters, salt = '', tag = ''] = hash.split('$');
    expect([algorithm, version, parameters]).toEqual(['argon2id', 'v=19', 'm=64,t=2,p=1']);
    const derived = argon2Sync('argon2id', {
      message: 'secret words',
      nonce: Buffer.from(salt, 'base64'),
      parallelism: 1,
      tagLength: 32,
      memory: 64,
      passes: 2,
    });
    expect(derived.toString('base64').replace(/=+$/, '')).toBe(tag);
  });
});

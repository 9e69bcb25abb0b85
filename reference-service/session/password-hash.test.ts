/** Unit tests of argon2id hashes in PHC format. */
import { describe, expect, it } from 'vitest';
import { costOf, hashPassword, verifyPassword } from './password-hash.ts';

const cheap = { memoryKib: 64, passes: 1 };

describe('password hashes', () => {
  it('verify what another implementation made (test vector of the reference implementation, test.c)', async () => {
    const vector = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';
    expect(await verifyPassword('password', vector)).toBe(true);
    expect(await verifyPassword('Password', vector)).toBe(false);
  });

  it('verify the password they were made of, and no other', async () => {
    const stored = await hashPassword('correct horse', cheap);
    expect(await verifyPassword('correct horse', stored)).toBe(true);
    expect(await verifyPassword('correct horsf', stored)).toBe(false);
  });

  it('carry their cost and no padding', async () => {
    const stored = await hashPassword('x', { memoryKib: 128, passes: 2 });
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=128,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(costOf(stored)).toEqual({ memoryKib: 128, passes: 2 });
  });

  it('differ for the same password', async () => {
    expect(await hashPassword('x', cheap)).not.toBe(await hashPassword('x', cheap));
  });

  it.each([
    '',
    'plain',
    '$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAAAA',
    '$2b$10$abcdefghijklmnopqrstuv',
  ])('refuse the stored text %j', async (stored) => {
    await expect(verifyPassword('x', stored)).rejects.toThrow('not an argon2id PHC string');
  });
});

/** Lines of ACL LIST as Redis 7 writes them. */
import { describe, expect, it } from 'vitest';
import { parseAclUser } from './acl-rules.ts';

const hash = `#${'a'.repeat(64)}`;

describe('parseAclUser', () => {
  it('tells what a user may do from what it is', () => {
    const line = `user alphapulse on sanitize-payload ${hash} ~tenant:* resetchannels -@all +ping +get`;
    expect(parseAclUser(line)).toEqual({
      name: 'alphapulse',
      enabled: true,
      withoutPassword: false,
      rules: ['~tenant:*', 'resetchannels', '-@all', '+ping', '+get'],
      keyPatterns: ['tenant:*'],
    });
  });

  it('finds key patterns in every form, in selectors too', () => {
    const line = 'user a on nopass ~x:* %R~y:* %RW~z resetchannels -@all +get (%W~w:* ~v resetchannels -@all +set)';
    const user = parseAclUser(line);
    expect(user.keyPatterns).toEqual(['x:*', 'y:*', 'z', 'w:*', 'v']);
    expect(user.withoutPassword).toBe(true);
    expect(user.rules.at(-1)).toBe('(%W~w:* ~v resetchannels -@all +set)');
  });

  it('knows the names of every key, and a user that is off', () => {
    expect(parseAclUser('user b on allkeys +@all').keyPatterns).toEqual(['*']);
    expect(parseAclUser('user default off sanitize-payload resetchannels -@all').enabled).toBe(false);
  });

  it('refuses what is no such line', () => {
    expect(() => parseAclUser('OK')).toThrow('not a line of ACL LIST');
  });
});

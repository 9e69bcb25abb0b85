/** Unit tests of SCRAM verifiers, against one that Postgres 18 made for the password `correct horse`. */
import { describe, expect, it } from 'vitest';
import { matchesVerifier, scramVerifier } from './scram-verifier.ts';

const madeByPostgres =
  'SCRAM-SHA-256$4096:siap5Jmo+N1HEzSqtW0hXQ==$qiBsJUrxuaP9mCgwR+5Q4lO92wf8ulsv4TREqO/XUC0=:jH8ALA1XEcvKTJtrHhJ1PcuuXAla/mYcPOCeWxKM1kM=';

describe('a SCRAM verifier', () => {
  it('is the one that Postgres makes', () => {
    expect(matchesVerifier('correct horse', madeByPostgres)).toBe(true);
    expect(matchesVerifier('Correct horse', madeByPostgres)).toBe(false);
  });

  it('has a salt of its own each time', () => {
    const [one, other] = [scramVerifier('secret'), scramVerifier('secret')];
    expect(one).not.toBe(other);
    expect([matchesVerifier('secret', one), matchesVerifier('secret', other)]).toEqual([true, true]);
  });

  it.each([null, '', 'md5d41d8cd98f00b204e9800998ecf8427e', 'secret'])('is not %j', (stored) => {
    expect(matchesVerifier('secret', stored)).toBe(false);
  });
});

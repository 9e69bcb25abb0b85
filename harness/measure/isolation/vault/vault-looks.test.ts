/** Which answers of Vault count as a refusal, as a leak, and as nothing. */
import { describe, expect, it } from 'vitest';
import { mustBeForbidden, mustFail, mustSucceed } from './vault-looks.ts';

const answer = (status: number, body = ''): { status: number; body: string } => ({ status, body });

describe('mustBeForbidden', () => {
  it.each([
    [403, 'ok'],
    [200, 'violation'],
    [204, 'violation'],
    [404, 'violation'],
    [405, 'violation'],
    [503, 'undecided'],
    [0, 'undecided'],
  ])('%i is %s', (status, outcome) => {
    expect(mustBeForbidden('p', 'a', answer(status)).outcome).toBe(outcome);
  });
});

describe('mustFail', () => {
  it('takes any refusal, and no success', () => {
    expect(mustFail('p', 'a', answer(400)).outcome).toBe('ok');
    expect(mustFail('p', 'a', answer(301)).outcome).toBe('ok');
    expect(mustFail('p', 'a', answer(200)).outcome).toBe('violation');
    expect(mustFail('p', 'a', answer(500)).outcome).toBe('undecided');
  });

  it('finds the secret even in a refusal', () => {
    expect(mustFail('p', 'a', answer(400, 'no: canary-1'), ['canary-1']).outcome).toBe('violation');
  });
});

describe('mustSucceed', () => {
  it('wants what it asked for', () => {
    expect(mustSucceed('p', 'a', answer(200, 'canary-1'), 'canary-1').outcome).toBe('ok');
    expect(mustSucceed('p', 'a', answer(200, '{}'), 'canary-1').outcome).toBe('violation');
    expect(mustSucceed('p', 'a', answer(403), 'canary-1').outcome).toBe('violation');
    expect(mustSucceed('p', 'a', answer(503), 'canary-1').outcome).toBe('undecided');
  });
});

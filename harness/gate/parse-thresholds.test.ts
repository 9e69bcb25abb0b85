/** Reading thresholds.json: the committed file is good, and every mistake in a bad one is named with its place. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { SignoffError } from '../model/errors.ts';
import { closestName } from '../model/closest-name.ts';
import { parseThresholds } from './parse-thresholds.ts';

type Json = Record<string, Record<string, Record<string, unknown> | null>>;

async function committed(): Promise<Json> {
  return JSON.parse(await readFile(new URL('../../thresholds.json', import.meta.url), 'utf8')) as Json;
}

async function problemsOf(change: (policy: Json) => void): Promise<string[]> {
  const policy = await committed();
  change(policy);
  try {
    parseThresholds(policy, 'thresholds.json');
  } catch (error) {
    expect(error).toBeInstanceOf(SignoffError);
    expect((error as SignoffError).exitCode).toBe(64);
    return (error as SignoffError).message.split('\n').map((line) => line.trim());
  }
  return [];
}

function set(policy: Json, section: string, id: string, key: string, value: unknown): void {
  (policy[section]?.[id] as Record<string, unknown>)[key] = value;
}

describe('parseThresholds', () => {
  it('takes the committed file', async () => {
    const policy = await committed();
    expect(parseThresholds(policy, 'thresholds.json')).toEqual(policy);
  });

  it.each<[string, (policy: Json) => void, string]>([
    [
      'a string limit',
      (p) => set(p, 'claims', 'AC-1', 'limit', '3600'),
      'claims.AC-1.limit is "3600"; allowed: a number above 0',
    ],
    [
      'a negative limit',
      (p) => set(p, 'claims', 'RLS-COST', 'limit', -1),
      'claims.RLS-COST.limit is -1; allowed: a number above 0',
    ],
    ['the wrong unit', (p) => set(p, 'claims', 'LAT-100T', 'unit', 's'), 'claims.LAT-100T.unit is "s"; allowed: "ms"'],
    [
      'a limit other than zero where nothing is tolerated',
      (p) => set(p, 'claims', 'SEC-ISO', 'limit', 1),
      'claims.SEC-ISO.limit is 1; allowed: 0',
    ],
    [
      'a number out of range',
      (p) => set(p, 'guards', 'error-share', 'limit', 101),
      'guards.error-share.limit is 101; allowed: a number from 0 to 100',
    ],
    [
      'a fraction of a count',
      (p) => set(p, 'guards', 'dropped-iterations', 'limit', 0.5),
      'guards.dropped-iterations.limit is 0.5; allowed: a whole number of at least 0',
    ],
    [
      'a chance of error that is too large',
      (p) => set(p, 'claims', 'CMP-TAIL', 'falseAlarm', 0.9),
      'claims.CMP-TAIL.falseAlarm is 0.9; allowed: a number above 0 and at most 0.05',
    ],
    [
      'too few blocks',
      (p) => set(p, 'claims', 'RLS-COST', 'minimumBlocks', 3),
      'claims.RLS-COST.minimumBlocks is 3; allowed: a whole number of at least 6',
    ],
    [
      'an unknown key',
      (p) => set(p, 'claims', 'LAT-100T', 'percentil', 99),
      'claims.LAT-100T.percentil is an unknown key; did you mean percentile?',
    ],
    [
      'a missing guard',
      (p) => delete p['guards']?.['error-share'],
      'guards.error-share is missing; allowed: an object with limit, unit, level',
    ],
    [
      'null',
      (p) => void ((p['claims'] as Json)['AC-1'] = null as never),
      'claims.AC-1 is null; allowed: an object with limit, unit, level',
    ],
    [
      'no number',
      (p) => set(p, 'claims', 'AC-1', 'limit', Number.NaN),
      'claims.AC-1.limit is NaN; allowed: a number above 0',
    ],
  ])('refuses %s', async (_, change, problem) => {
    expect(await problemsOf(change)).toEqual(['thresholds.json: 1 problem', problem]);
  });

  it('guesses a mistyped claim, and lists those there are where it cannot', async () => {
    const [, near, far] = await problemsOf((policy) => {
      Object.assign(policy['claims'] ?? {}, { 'LAT-500-TARGTE': {}, Uptime: {} });
    });
    expect(near).toBe('claims.LAT-500-TARGTE is an unknown key; did you mean LAT-500-TARGET?');
    expect(far).toContain('claims.Uptime is an unknown key; allowed: AC-1, LAT-500-BASELINE');
  });

  it('tells all problems together', async () => {
    const lines = await problemsOf((policy) => {
      set(policy, 'claims', 'AC-1', 'limit', '1');
      set(policy, 'claims', 'SEC-AUTHZ', 'unit', '%');
      delete policy['guards']?.['rls-forced'];
      Object.assign(policy, { extra: 1 });
    });
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe('thresholds.json: 4 problems');
  });

  it('says of entries that do not fit together what they must fulfil', async () => {
    const [, ...problems] = await problemsOf((policy) => {
      set(policy, 'claims', 'CMP-CPU', 'limit', 1.2);
      set(policy, 'claims', 'CMP-CPU', 'margin', 1.1);
    });
    expect(problems).toEqual(['claims.CMP-CPU.margin is 1.1: the margin must not be below the limit']);
  });

  it.each([null, [], 'text', 3, undefined])('refuses %j as a whole', (data) => {
    expect(() => parseThresholds(data, 'thresholds.json')).toThrow(
      /the file is .*allowed: an object with \$schema, claims, guards/,
    );
  });
});

describe('closestName', () => {
  it('finds what is near and nothing where nothing is', () => {
    expect(closestName('sec-iso', ['SEC-ISO', 'SEC-AUTHN'])).toBe('SEC-ISO');
    expect(closestName('', ['SEC-ISO'])).toBeNull();
    expect(closestName('SEC-ISO', [])).toBeNull();
  });
});

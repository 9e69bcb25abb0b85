/** Changes of a policy are told entry by entry, whatever order the file has them in. */
import { describe, expect, it } from 'vitest';
import { policyChanges } from './policy-changes.ts';

describe('policyChanges', () => {
  it('names what was changed, added and taken out', () => {
    const from = { claims: { A: { limit: 1, unit: 'ms' }, B: { limit: 2 } }, gates: { http_reqs: ['count>1'] } };
    const to = { gates: { http_reqs: ['count>0'] }, claims: { A: { unit: 'ms', limit: 3, level: 'warn' } } };
    expect(policyChanges(from, to)).toEqual([
      'claims.A.limit 1 → 3',
      'claims.B.limit 2 → none',
      'gates.http_reqs ["count>1"] → ["count>0"]',
      'claims.A.level none → "warn"',
    ]);
  });

  it('knows order and the place of the schema for no change', () => {
    expect(policyChanges({ $schema: 'x', a: 1, b: { c: 2 } }, { b: { c: 2 }, a: 1 })).toEqual([]);
  });

  it('takes what is no policy at all', () => {
    expect(policyChanges({ a: 1 }, [])).toEqual(['a 1 → none', 'the file none → []']);
  });
});

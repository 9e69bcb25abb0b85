import { describe, expect, it } from 'vitest';
import { caseIdOf, readCases } from './selftest-request.ts';

describe('what a selftest is asked for', () => {
  it('is every case, identical arms first', () => {
    const { plans, leftOut, tenants, atMostMs } = readCases({});
    expect(plans.map(caseIdOf)[0]).toBe('identical');
    expect(plans).toHaveLength(11);
    expect(leftOut).toEqual([]);
    expect({ tenants, atMostMs }).toEqual({ tenants: 25, atMostMs: 180_000 });
  });

  it('is what was named, with spaces or commas between', () => {
    const { plans, leftOut } = readCases({ only: ['busy-cpu,identical', 'held-lock'] });
    expect(plans.map(caseIdOf)).toEqual(['identical', 'busy-cpu', 'held-lock']);
    expect(leftOut).toHaveLength(8);
  });

  it.each([
    [{ only: ['busy'] }, 'there is no such case; there are identical, busy-cpu'],
    [{ atMost: 30_000 }, 'judged from six blocks on'],
    [{ tenants: 101 }, 'the slow one must be among them'],
  ])('refuses %o', (flags, complaint) => {
    expect(() => readCases(flags)).toThrow(complaint);
  });
});

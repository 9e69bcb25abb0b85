/** Planned looks: their parts of the error never exceed the whole, and the t statistics they want are those of tables. */
import { describe, expect, it } from 'vitest';
import { looksUpTo, nextLook, wantedT } from './planned-looks.ts';

describe('looksUpTo', () => {
  it.each(['early', 'late'] as const)('spends no more than the whole error, %s', (spending) => {
    const looks = looksUpTo(100_000, spending);
    expect(looks.slice(0, 7).map(({ blocks }) => blocks)).toEqual([6, 10, 18, 30, 50, 84, 140]);
    const spent = looks.reduce((total, { share }) => total + share, 0);
    expect(spent).toBeLessThanOrEqual(1);
    expect(spent).toBeGreaterThan(0.99);
  });

  it('has none before the first, and names the next', () => {
    expect(looksUpTo(5, 'early')).toEqual([]);
    expect(nextLook(0, 'early').blocks).toBe(6);
    expect(nextLook(6, 'early').blocks).toBe(10);
    expect(nextLook(55, 'late').blocks).toBe(84);
  });
});

describe('wantedT', () => {
  it('is the quantile of Student’s t', () => {
    // Tables of the t distribution: 9 degrees of freedom at 0.995 one-sided, 49 at 0.975.
    expect(wantedT({ blocks: 10, share: 0.5 }, 0.01)).toBeCloseTo(3.2498, 4);
    expect(wantedT({ blocks: 50, share: 1 }, 0.025)).toBeCloseTo(2.0096, 4);
  });
});

/** The binomial tails against slow sums, printed tables, and a closed form at ten million trials. */
import { describe, expect, it } from 'vitest';
import { binomialLowerTail, binomialUpperTail } from './binomial-tail.ts';
import { binomialDensity } from './binomial-density.ts';
import { incompleteBeta } from './incomplete-beta.ts';

/** The obvious way: multiply up each coefficient and add. */
function slowLowerTail(successes: number, trials: number, share: number): number {
  let total = 0;
  for (let k = 0; k <= successes; k += 1) {
    let term = 1;
    for (let i = 0; i < k; i += 1) term *= ((trials - i) / (i + 1)) * (share / (1 - share));
    total += term * (1 - share) ** trials;
  }
  return total;
}

describe('binomial tails', () => {
  it('agree with the slow sum', () => {
    for (const trials of [1, 2, 7, 20, 150]) {
      for (const share of [0.01, 0.3, 0.5, 0.9, 0.99]) {
        for (let successes = 0; successes <= trials; successes += 1 + Math.floor(trials / 10)) {
          const slow = slowLowerTail(successes, trials, share);
          expect(binomialLowerTail(successes, trials, share)).toBeCloseTo(slow, 12);
          expect(binomialUpperTail(successes + 1, trials, share)).toBeCloseTo(1 - slow, 12);
        }
      }
    }
  });

  it('agree with printed tables', () => {
    expect(binomialLowerTail(5, 20, 0.5)).toBeCloseTo(0.0207, 4);
    expect(binomialLowerTail(2, 10, 0.3)).toBeCloseTo(0.3828, 4);
    expect(binomialLowerTail(0, 15, 0.1)).toBeCloseTo(0.2059, 4);
    expect(binomialLowerTail(7, 25, 0.2)).toBeCloseTo(0.8909, 4);
  });

  it('are exact at ten million trials, where P(X ≤ n/2) = (1 + P(X = n/2)) / 2', () => {
    const trials = 1e7;
    const middle = Math.sqrt(2 / (Math.PI * trials)) * (1 - 1 / (4 * trials));
    expect(binomialDensity(trials / 2, trials, 0.5) / middle).toBeCloseTo(1, 10);
    expect(binomialLowerTail(trials / 2, trials, 0.5)).toBeCloseTo(0.5 + middle / 2, 11);
  });

  it('differ by the density between neighbours, at every size', () => {
    for (const trials of [300, 10_000, 1_000_000, 10_000_000]) {
      const k = Math.round(trials * 0.99) + 3;
      const step = binomialLowerTail(k, trials, 0.99) - binomialLowerTail(k - 1, trials, 0.99);
      expect(Math.abs(step / binomialDensity(k, trials, 0.99) - 1)).toBeLessThan(1e-7);
    }
  });

  it('take real counts: the beta function mirrors itself and grows with x', () => {
    let last = 0;
    for (let x = 0.02; x < 1; x += 0.02) {
      const value = incompleteBeta(x, 37.4, 2.7);
      expect(value + incompleteBeta(1 - x, 2.7, 37.4)).toBeCloseTo(1, 13);
      expect(value).toBeGreaterThanOrEqual(last);
      last = value;
    }
  });

  it('end where counts end', () => {
    expect(binomialUpperTail(0, 10, 0.3)).toBe(1);
    expect(binomialUpperTail(11, 10, 0.3)).toBe(0);
    expect(binomialLowerTail(-1, 10, 0.3)).toBe(0);
    expect(binomialLowerTail(10, 10, 0.3)).toBe(1);
    expect(() => incompleteBeta(0.5, 0, 1)).toThrow(RangeError);
  });
});

/** Clopper–Pearson bounds against published intervals and their own definition. */
import { describe, expect, it } from 'vitest';
import { binomialLowerTail, binomialUpperTail } from './binomial-tail.ts';
import { clopperPearson } from './clopper-pearson.ts';

describe('clopperPearson', () => {
  it('gives the printed 95 % intervals of 3 of 10 and 10 of 100', () => {
    const three = clopperPearson({ successes: 3, trials: 10, confidence: 0.975 });
    expect(three[0]).toBeCloseTo(0.0667, 4);
    expect(three[1]).toBeCloseTo(0.6525, 4);
    const ten = clopperPearson({ successes: 10, trials: 100, confidence: 0.975 });
    expect(ten[0]).toBeCloseTo(0.049, 3);
    expect(ten[1]).toBeCloseTo(0.1762, 4);
  });

  it('is 1 − α^(1/n) above zero successes, the rule of three', () => {
    const [lower, upper] = clopperPearson({ successes: 0, trials: 299, confidence: 0.95 });
    expect(lower).toBe(0);
    expect(upper).toBeCloseTo(1 - 0.05 ** (1 / 299), 12);
  });

  it('puts the tail at its bounds where the confidence says', () => {
    for (const [successes, trials] of [
      [1, 7],
      [50, 1000],
      [999, 1000],
      [123_456, 10_000_000],
    ] as const) {
      const [lower, upper] = clopperPearson({ successes, trials, confidence: 0.95 });
      expect(binomialUpperTail(successes, trials, lower)).toBeCloseTo(0.05, 9);
      expect(binomialLowerTail(successes, trials, upper)).toBeCloseTo(0.05, 9);
    }
  });

  it('says nothing of no trials, and refuses more successes than trials', () => {
    expect(clopperPearson({ successes: 0, trials: 0, confidence: 0.95 })).toEqual([0, 1]);
    expect(() => clopperPearson({ successes: 2, trials: 1, confidence: 0.95 })).toThrow(RangeError);
  });
});

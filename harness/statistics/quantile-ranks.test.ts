/** Order-statistic bounds against Wilks's published sample sizes, slow sums, and the properties they must have. */
import { describe, expect, it } from 'vitest';
import { fewestSamples } from './fewest-samples.ts';
import { quantileInterval } from './quantile-interval.ts';
import { quantileRanks } from './quantile-ranks.ts';

const independent = (samples: number, level = 0.99, confidence = 0.95) =>
  quantileRanks({ samples, effectiveSamples: samples, level, confidence });

/** P(X ≤ k) for k = 0…trials, by the recurrence of the terms. */
function slowDistribution(trials: number, share: number): number[] {
  const terms = [(1 - share) ** trials];
  for (let k = 1; k <= trials; k += 1) {
    terms.push(((terms[k - 1] as number) * (trials - k + 1) * share) / (k * (1 - share)));
  }
  let total = 0;
  return terms.map((term) => (total += term));
}

describe('quantileRanks', () => {
  it('needs the sample sizes of Wilks (1941): 59, 93, 124 for 95/95 and 299, 473, 628 for 99/95', () => {
    for (const [level, sizes] of [
      [0.95, [59, 93, 124]],
      [0.99, [299, 473, 628]],
    ] as const) {
      sizes.forEach((size, place) => {
        expect(independent(size, level).upper).toBe(size - place);
        expect(independent(size - 1, level).upper).toBe(place === 0 ? null : size - place);
      });
    }
  });

  it('agrees with slow sums of the binomial distribution', () => {
    for (const samples of [5, 20, 77, 150]) {
      for (const level of [0.1, 0.5, 0.9, 0.99]) {
        const cumulative = slowDistribution(samples, level);
        const fewer = (rank: number) => (rank === 0 ? 0 : (cumulative[rank - 1] as number));
        const ranks = Array.from({ length: samples }, (_, index) => index + 1);
        expect(independent(samples, level)).toEqual({
          lower: ranks.findLast((rank) => fewer(rank) <= 0.05) ?? null,
          upper: ranks.find((rank) => 1 - fewer(rank) <= 0.05) ?? null,
        });
      }
    }
  });

  it.each([
    [0.5, 0.95, 5],
    [0.9, 0.95, 29],
    [0.95, 0.95, 59],
    [0.99, 0.95, 299],
    [0.999, 0.95, 2995],
    [0.99, 0.99, 459],
  ])('bounds the quantile %d at %d from %d samples on', (level, confidence, fewest) => {
    expect(fewestSamples(level, confidence)).toBe(fewest);
    expect(independent(fewest, level, confidence).upper).toBe(fewest);
    expect(independent(fewest - 1, level, confidence).upper).toBeNull();
  });

  it('agrees with slow sums at p50, p90, p95 and p99.9 of thousands, counted from the top', () => {
    for (const [samples, level] of [
      [900, 0.5],
      [2000, 0.9],
      [2000, 0.95],
      [6000, 0.999],
    ] as const) {
      // The number above the quantile is Bin(samples, 1 − level); the sample of rank r is below it when at least n − r + 1 are above.
      const cumulative = slowDistribution(samples, 1 - level);
      const atMost = (above: number) => (above < 0 ? 0 : (cumulative[above] as number));
      const ranks = Array.from({ length: samples }, (_, index) => index + 1);
      expect(independent(samples, level)).toEqual({
        lower: ranks.findLast((rank) => 1 - atMost(samples - rank) <= 0.05) ?? null,
        upper: ranks.find((rank) => atMost(samples - rank) <= 0.05) ?? null,
      });
    }
  });

  it('stays put at ten million samples: within a rank of the normal approximation', () => {
    const samples = 1e7;
    const half = 1.6448536 * Math.sqrt(samples * 0.99 * 0.01);
    const { lower, upper } = independent(samples);
    expect(Math.abs((lower as number) - (samples * 0.99 - half))).toBeLessThan(2);
    expect(Math.abs((upper as number) - (samples * 0.99 + half))).toBeLessThan(2);
  });

  it('widens as the effective samples fall, and has no upper bound below 299 of them', () => {
    let last = independent(10_000);
    for (const effectiveSamples of [5000, 1000, 400, 300, 298, 50]) {
      const ranks = quantileRanks({ samples: 10_000, effectiveSamples, level: 0.99, confidence: 0.95 });
      expect(ranks.lower ?? 0).toBeLessThan(last.lower as number);
      if (effectiveSamples >= 299) expect(ranks.upper).toBeGreaterThan(last.upper as number);
      else expect(ranks.upper).toBeNull();
      last = ranks;
    }
  });

  it('widens with the confidence, and lies around the quantile', () => {
    const loose = independent(2000, 0.9, 0.8);
    const strict = independent(2000, 0.9, 0.999);
    expect(strict.lower as number).toBeLessThan(loose.lower as number);
    expect(strict.upper as number).toBeGreaterThan(loose.upper as number);
    expect(loose.lower as number).toBeLessThan(1800);
    expect(loose.upper as number).toBeGreaterThan(1800);
  });

  it('bounds nothing with nothing', () => {
    expect(independent(0)).toEqual({ lower: null, upper: null });
    expect(
      quantileInterval({ sorted: new Float64Array(), effectiveSamples: 0, level: 0.99, confidence: 0.95 }),
    ).toEqual([null, null]);
    expect(() => independent(10, 1)).toThrow(RangeError);
  });

  it('does not count more effective samples than there are', () => {
    const generous = quantileRanks({ samples: 200, effectiveSamples: 1e6, level: 0.99, confidence: 0.95 });
    expect(generous).toEqual(independent(200));
  });
});

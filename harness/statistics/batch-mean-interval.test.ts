/** Bounds of a mean by batch means: they cover as stated, also where neighbouring batches resemble each other. */
import { describe, expect, it } from 'vitest';
import { type Batch, batchMeanInterval } from './batch-mean-interval.ts';
import { seededRandom } from './seeded-random.ts';

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Batches of an autoregressive series around 10 with unequal weights. */
function batchesOf(random: () => number, count: number, correlation: number): Batch[] {
  let state = normal(random);
  return Array.from({ length: count }, () => {
    state = correlation * state + Math.sqrt(1 - correlation ** 2) * normal(random);
    const weight = 90 + 20 * random();
    return { weight, sum: (10 + state) * weight };
  });
}

/** Share of 2,000 series whose upper bound is not below the truth. */
function coverage(count: number, correlation: number): number {
  const random = seededRandom(20_261);
  let covered = 0;
  for (let series = 0; series < 2_000; series += 1) {
    const [, upper] = batchMeanInterval([batchesOf(random, count, correlation)], 0.95)?.interval ?? [];
    if ((upper ?? -1) >= 10) covered += 1;
  }
  return covered / 2_000;
}

describe('batchMeanInterval', () => {
  it.each([
    [10, 0],
    [10, 0.3],
    [10, 0.5],
    [20, 0.5],
    [60, 0.5],
    [60, 0.7],
  ])('covers at least 93 %% with %i batches that resemble each other by %d', (count, correlation) => {
    expect(coverage(count, correlation)).toBeGreaterThanOrEqual(0.93);
  });

  it('weighs batches by what is in them', () => {
    const found = batchMeanInterval(
      [[...Array.from({ length: 9 }, () => ({ sum: 10, weight: 1 })), { sum: 0, weight: 9 }]],
      0.95,
    );
    expect(found?.mean).toBe(5);
  });

  it('bounds nothing with few batches, and has no mean of nothing', () => {
    const five = Array.from({ length: 5 }, () => ({ sum: 1, weight: 1 }));
    expect(batchMeanInterval([five], 0.95)?.interval).toEqual([null, null]);
    expect(batchMeanInterval([], 0.95)).toBeNull();
    expect(batchMeanInterval([[{ sum: 0, weight: 0 }]], 0.95)).toBeNull();
  });

  it('has an interval without width where nothing varies', () => {
    const same = Array.from({ length: 10 }, () => ({ sum: 3, weight: 1 }));
    expect(batchMeanInterval([same], 0.95)?.interval).toEqual([3, 3]);
  });
});

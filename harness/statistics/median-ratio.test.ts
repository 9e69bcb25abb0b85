/** Anytime-valid bounds of a median: against numeric integration, and by simulation of looking after every value. */
import { describe, expect, it } from 'vitest';
import { medianRatio } from './median-ratio.ts';
import { seededRandom } from './seeded-random.ts';
import { logShareEValue } from './share-e-value.ts';

/** ∫ over (½, 1) of 2 p^s (1 − p)^f dp / 2^−n, by the midpoint rule. */
function slowEValue(over: number, trials: number): number {
  const steps = 20_000;
  let total = 0;
  for (let step = 0; step < steps; step += 1) {
    const share = 0.5 + (step + 0.5) / (2 * steps);
    total += share ** over * (1 - share) ** (trials - over);
  }
  return (total / steps) * 2 ** trials;
}

describe('logShareEValue', () => {
  it.each([
    [0, 0],
    [3, 3],
    [0, 10],
    [14, 20],
    [40, 50],
  ])('is the integral, %d of %d', (over, trials) => {
    expect(Math.exp(logShareEValue(over, trials))).toBeCloseTo(slowEValue(over, trials), 4);
  });
});

describe('medianRatio', () => {
  it('is wrong as seldom as stated when looked at after every value', () => {
    const random = seededRandom(3);
    const error = 0.05;
    let wrong = 0;
    const runs = 300;
    for (let run = 0; run < runs; run += 1) {
      const values: number[] = [];
      let isWrong = false;
      for (let count = 1; count <= 80; count += 1) {
        values.push(random());
        const { lower } = medianRatio({ values, lowerError: error, upperError: error });
        isWrong ||= lower !== null && lower > 0.5;
      }
      if (isWrong) wrong += 1;
    }
    expect(wrong / runs).toBeLessThan(error + 3 * Math.sqrt((error * (1 - error)) / runs));
  });

  it('bounds nothing of few values, and the median of many', () => {
    expect(medianRatio({ values: [1, 2, 3], lowerError: 0.01, upperError: 0.01 })).toEqual({
      ratio: 2,
      lower: null,
      upper: null,
    });
    const { lower, upper } = medianRatio({
      values: Array.from({ length: 200 }, (_, index) => index),
      lowerError: 0.01,
      upperError: 0.01,
    });
    expect(lower).toBeGreaterThan(60);
    expect(lower).toBeLessThan(99);
    expect(upper).toBeGreaterThan(100);
    expect(upper).toBeLessThan(140);
  });
});

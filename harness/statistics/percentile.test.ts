/** Type 7 percentiles against published examples and a slow obvious version. */
import { describe, expect, it } from 'vitest';
import { percentile, percentileOfSorted, sortedCopy } from './percentile.ts';
import { seededRandom } from './seeded-random.ts';

/** The definition read aloud: the point (n − 1)·p of the way along the ordered values. */
function slowPercentile(values: number[], level: number): number {
  const ordered = [...values].sort((one, other) => one - other);
  const position = (ordered.length - 1) * level;
  const low = ordered[Math.floor(position)] as number;
  const high = ordered[Math.ceil(position)] as number;
  return low * (1 - (position % 1)) + high * (position % 1);
}

describe('percentile', () => {
  it('gives what R prints for quantile(1:10), type 7', () => {
    const values = Float64Array.of(3, 1, 2, 10, 9, 8, 7, 6, 5, 4);
    expect([0, 0.25, 0.5, 0.75, 1].map((level) => percentile(values, level))).toEqual([1, 3.25, 5.5, 7.75, 10]);
  });

  it('gives 29 for the 40th percentile of 15, 20, 35, 40, 50', () => {
    expect(percentile(Float64Array.of(15, 20, 35, 40, 50), 0.4)).toBeCloseTo(29, 12);
  });

  it('agrees with the slow version on random columns', () => {
    const random = seededRandom(7);
    for (let length = 1; length < 200; length += 13) {
      const values = Float64Array.from({ length }, () => random() * 1000);
      for (const level of [0, 0.01, 0.5, 0.95, 0.99, 0.999, 1]) {
        expect(percentile(values, level)).toBeCloseTo(slowPercentile([...values], level), 9);
      }
    }
  });

  it('leaves the values as they were', () => {
    const values = Float64Array.of(3, 1, 2);
    percentile(values, 0.5);
    expect([...values]).toEqual([3, 1, 2]);
  });

  it('has no answer for no values, and refuses NaN and levels outside [0, 1]', () => {
    expect(percentile(new Float64Array(), 0.99)).toBeNull();
    expect(() => sortedCopy(Float64Array.of(1, Number.NaN, 0))).toThrow(RangeError);
    expect(() => percentileOfSorted(Float64Array.of(1), 1.1)).toThrow(RangeError);
  });
});

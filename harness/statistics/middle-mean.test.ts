/** The interquartile mean: by hand, with parts of values, and deaf to what is far out. */
import { describe, expect, it } from 'vitest';
import { middleMean } from './middle-mean.ts';

const of = (...values: number[]) => middleMean(Float64Array.from(values));

describe('middleMean', () => {
  it('is the mean of the middle half', () => {
    expect(of(8, 1, 3, 2, 4, 5, 7, 6)).toBe(4.5);
    expect(of(1, 2, 3, 1000)).toBe(2.5);
  });

  it('takes part of the values on the edges where a quarter is not whole', () => {
    // Nine values: a quarter is 2.25, so the third and the seventh count three quarters.
    expect(of(1, 3, 5, 7, 9, 11, 13, 15, 17)).toBeCloseTo((0.75 * 5 + 7 + 9 + 11 + 0.75 * 13) / 4.5, 12);
  });

  it('is what there is of one or two, and null of nothing', () => {
    expect([of(3), of(3, 5), of()]).toEqual([3, 4, null]);
  });
});

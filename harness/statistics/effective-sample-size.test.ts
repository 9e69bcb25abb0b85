/** The effective sample size on series whose correlation is known; coverage.test.ts has the coverage of the intervals that rest on it. */
import { describe, expect, it } from 'vitest';
import { countExceedances } from './count-exceedances.ts';
import type { WindowCounts } from './count-exceedances.ts';
import { effectiveSampleSize } from './effective-sample-size.ts';
import { seededRandom } from './seeded-random.ts';

const windows = (samples: number[], exceedances: number[]): WindowCounts => ({
  samples: Float64Array.from(samples),
  exceedances: Float64Array.from(exceedances),
});

describe('effectiveSampleSize', () => {
  it('leaves independent samples most of their worth, and never more than their number', () => {
    const random = seededRandom(3);
    const exceedances = Array.from(
      { length: 200 },
      () => Array.from({ length: 100 }, random).filter((x) => x < 0.1).length,
    );
    const size = effectiveSampleSize(
      [
        windows(
          exceedances.map(() => 100),
          exceedances,
        ),
      ],
      0.95,
    );
    expect(size?.effectiveSamples).toBeGreaterThan(20_000 * 0.3);
    expect(size?.effectiveSamples).toBeLessThanOrEqual(20_000);
  });

  it('counts windows in which all samples exceed together as one sample each', () => {
    const random = seededRandom(4);
    const exceedances = Array.from({ length: 400 }, () => (random() < 0.3 ? 50 : 0));
    const size = effectiveSampleSize(
      [
        windows(
          exceedances.map(() => 50),
          exceedances,
        ),
      ],
      0.95,
    );
    expect(size?.effectiveSamples).toBeLessThan(500);
    expect(size?.effectiveSamples).toBeGreaterThan(80);
  });

  it('is not bought by sending every request twice', () => {
    const exceedances = [3, 0, 0, 1, 9, 8, 2, 0, 0, 0, 1, 4];
    const once = effectiveSampleSize(
      [
        windows(
          exceedances.map(() => 100),
          exceedances,
        ),
      ],
      0.95,
    );
    const twice = effectiveSampleSize(
      [
        windows(
          exceedances.map(() => 200),
          exceedances.map((x) => 2 * x),
        ),
      ],
      0.95,
    );
    expect(twice?.effectiveSamples).toBeCloseTo(once?.effectiveSamples ?? Number.NaN, 9);
  });

  it('finds slow stretches longer than a window', () => {
    const spread = Array.from({ length: 60 }, (_, index) => (index % 6 === 0 ? 20 : 0));
    const together = Array.from({ length: 60 }, (_, index) => (index >= 20 && index < 30 ? 20 : 0));
    const worth = (counts: number[]) =>
      effectiveSampleSize(
        [
          windows(
            counts.map(() => 200),
            counts,
          ),
        ],
        0.95,
      );
    expect(worth(together)?.effectiveSamples).toBeLessThan((worth(spread)?.effectiveSamples ?? 0) / 3);
    expect(worth(together)?.windowsPerBatch).toBeGreaterThan(1);
  });

  it('finds blocks that differ', () => {
    const block = (exceedances: number) => windows([100, 100, 100], [exceedances, exceedances, exceedances]);
    const same = effectiveSampleSize([1, 1, 1, 1, 1, 1].map(block), 0.95);
    const other = effectiveSampleSize([0, 0, 0, 0, 0, 6].map(block), 0.95);
    expect(other?.effectiveSamples).toBeLessThan((same?.effectiveSamples ?? 0) / 5);
  });

  it('cannot tell from fewer than six windows, and takes constant series as they are', () => {
    expect(effectiveSampleSize([windows([9, 9, 9, 9, 9], [1, 0, 0, 0, 0])], 0.95)).toBeNull();
    expect(effectiveSampleSize([], 0.95)).toBeNull();
    const constant = effectiveSampleSize([windows(Array<number>(40).fill(10), Array<number>(40).fill(10))], 0.95);
    expect(constant?.effectiveSamples).toBeGreaterThan(200);
  });
});

describe('countExceedances', () => {
  it('files values under their window and keeps empty windows', () => {
    const counted = countExceedances({
      at: Float64Array.of(2500, 0, 999, 3999, 4100),
      values: Float64Array.of(7, 1, 9, 5, 4),
      from: 0,
      to: 4200,
      windowLength: 1000,
      threshold: 5,
    });
    expect([...counted.samples]).toEqual([2, 0, 1, 2]);
    expect([...counted.exceedances]).toEqual([1, 0, 1, 1]);
  });
});

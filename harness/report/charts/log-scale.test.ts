import { describe, expect, it } from 'vitest';
import { logTicks, thinTicks } from './log-scale.ts';

describe('logTicks', () => {
  it('runs in steps of 1, 2, 5 from at or below the low end to at or above the high end', () => {
    expect(logTicks(3, 600)).toEqual([2, 5, 10, 20, 50, 100, 200, 500, 1000]);
    expect(logTicks(0.03, 0.4)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5]);
    expect(logTicks(10, 1000)).toEqual([10, 20, 50, 100, 200, 500, 1000]);
  });

  it('has two ends even for one value', () => {
    const ticks = logTicks(7, 7);
    expect([ticks[0], ticks.at(-1)]).toEqual([5, 10]);
  });
});

describe('thinTicks', () => {
  it('keeps powers of ten where 1, 2, 5 are too many', () => {
    expect(thinTicks(logTicks(0.03, 6000), 8)).toEqual([0.1, 1, 10, 100, 1000, 10_000]);
  });

  it('keeps all where they fit', () => {
    expect(thinTicks([1, 2, 5], 3)).toEqual([1, 2, 5]);
  });
});

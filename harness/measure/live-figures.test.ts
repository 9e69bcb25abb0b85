import { describe, expect, it } from 'vitest';
import { LiveWindow, percentile } from './live-figures.ts';

describe('percentile', () => {
  it('is the value between the order statistics, as type 7 of Hyndman and Fan (1996)', () => {
    expect(percentile([1, 2, 3, 4], 50)).toBe(2.5);
    expect(percentile([10, 20, 30], 99)).toBeCloseTo(29.8, 10);
    expect(percentile([7], 99)).toBe(7);
    expect(percentile([], 50)).toBeNull();
  });
});

describe('LiveWindow', () => {
  it('has no figures before anything came', () => {
    expect(new LiveWindow().read(1_000)).toEqual({ ratePerSecond: 0, p50Ms: null, p99Ms: null, errors: 0 });
  });

  it('counts the whole seconds of the last five, and errors from the beginning', () => {
    const live = new LiveWindow();
    for (let second = 0; second < 20; second += 1) {
      for (let request = 0; request < 10; request += 1) live.add(second * 1_000 + request, second, second === 0);
    }
    const figures = live.read(20_500);
    expect(figures.ratePerSecond).toBe(10);
    expect(figures.p50Ms).toBe(17);
    expect(figures.errors).toBe(10);
  });

  it('leaves out the second that is not over', () => {
    const live = new LiveWindow();
    live.add(1_500, 5, false);
    live.add(2_100, 500, false);
    expect(live.read(2_200)).toMatchObject({ ratePerSecond: 1, p99Ms: 5 });
  });

  it('puts a late sample into its own second', () => {
    const live = new LiveWindow();
    live.add(2_000, 1, false);
    live.add(1_990, 3, false);
    live.add(2_010, 2, false);
    expect(live.read(3_000)).toMatchObject({ ratePerSecond: 1.5, p50Ms: 2 });
  });
});

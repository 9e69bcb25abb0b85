/** Coverage of the bounds of p50 to p99.9 on simulated runs: `npm run bench -- coverage` in small. Seeded, so it is the same every time. */
import { describe, expect, it } from 'vitest';
import { type CoverQuestion, coverSeries } from './testing/cover-series.ts';
import { normalShareBelow } from './testing/normal-share-below.ts';
import { pausedSeries, shiftedSeries, trueQuantile, windowedSeries } from './testing/simulated-series.ts';

const question = {
  seconds: 85,
  perSecond: 40,
  levels: [0.5, 0.95, 0.99, 0.999],
  confidence: 0.95,
  runs: 120,
  seed: 5,
} satisfies Partial<CoverQuestion>;

describe('bounds at 95 % cover at least 93 % on', () => {
  it.each([
    ['independent samples', windowedSeries(0, 0)],
    ['windows that differ a little, lag-1 correlation 0.7', windowedSeries(0.7, 0.1)],
    ['windows that differ strongly, lag-1 correlation 0.7', windowedSeries(0.7, 0.3)],
    ['windows that differ strongly, lag-1 correlation 0.9', windowedSeries(0.9, 0.3)],
    ['pauses of 50 to 1,000 ms', pausedSeries(5)],
    ['a drift', shiftedSeries('drift', (over) => over)],
    ['a step', shiftedSeries('step', (over) => (over > 0.7 ? 1 : 0))],
  ])('%s', (_, kind) => {
    for (const { above, below, runs } of coverSeries({ ...question, kind })) {
      expect(above / runs).toBeGreaterThanOrEqual(0.93);
      expect(below / runs).toBeGreaterThanOrEqual(0.93);
    }
  });

  it('would not, were correlated samples taken for independent ones', () => {
    const kind = windowedSeries(0.7, 0.3);
    for (const { above, runs } of coverSeries({ ...question, levels: [0.5, 0.95], kind, corrected: false })) {
      expect(above / runs).toBeLessThan(0.8);
    }
  });
});

describe('bounds decide', () => {
  it('nearly always on independent samples, except p99.9 of 3,400', () => {
    const covers = coverSeries({ ...question, kind: windowedSeries(0, 0) });
    expect(covers.map(({ unbounded, runs }) => unbounded / runs < 0.05)).toEqual([true, true, true, false]);
  });
});

describe('the simulated series', () => {
  it('have the distribution that they are said to have', () => {
    for (const kind of [windowedSeries(0.5, 0.2), pausedSeries(2), shiftedSeries('drift', (over) => 2 * over)]) {
      const long = coverSeries({ ...question, kind, runs: 20, seconds: 300, corrected: false, levels: [0.9] })[0];
      expect(long?.above).toBeGreaterThan(2);
      expect(long?.below).toBeGreaterThan(2);
    }
    expect(trueQuantile(windowedSeries(0, 0), 0.99)).toBeCloseTo(2.3263478740408408, 10);
    expect(normalShareBelow(-1.6448536269514722)).toBeCloseTo(0.05, 12);
    expect(normalShareBelow(-4) / 3.167124183311986e-5).toBeCloseTo(1, 10);
  });
});

/** The shares of the error: they add up, and looking after every block until it is decided is wrong no more often than is stated. */
import { describe, expect, it } from 'vitest';
import { countExceedances } from './count-exceedances.ts';
import { effectiveSampleSize } from './effective-sample-size.ts';
import { percentileOfSorted, sortedCopy } from './percentile.ts';
import { quantileInterval } from './quantile-interval.ts';
import { seededRandom } from './seeded-random.ts';
import { confidenceOfShare } from './spend-error.ts';
import { type SeriesKind, pausedSeries, trueQuantile, windowedSeries } from './testing/simulated-series.ts';

const looks = 8;
const secondsPerLook = 15;
const perSecond = 40;
const level = 0.95;

/** Looks after every block until a bound lies beside the limit, the true quantile; true where it ends on the wrong side. */
function isEverWrong(kind: SeriesKind, limit: number, spend: boolean, random: () => number) {
  const all = kind.draw({ seconds: looks * secondsPerLook, perSecond }, random);
  for (let look = 1; look <= looks; look += 1) {
    const values = all.subarray(0, look * secondsPerLook * perSecond);
    const sorted = sortedCopy(values);
    const confidence = confidenceOfShare({ confidence: 0.95, figures: 1, look: spend ? look : null });
    const threshold = percentileOfSorted(sorted, level) ?? 0;
    const at = values.map((_, index) => index / perSecond);
    const to = look * secondsPerLook;
    const counts = countExceedances({ at, values, from: 0, to, windowLength: 1, threshold });
    const effectiveSamples = effectiveSampleSize([counts], confidence)?.effectiveSamples ?? 0;
    const [lower, upper] = quantileInterval({ sorted, effectiveSamples, level, confidence });
    if (upper !== null && upper < limit) return { holds: true, broken: false };
    if (lower !== null && lower > limit) return { holds: false, broken: true };
  }
  return { holds: false, broken: false };
}

function wrongShares(kind: SeriesKind, spend: boolean, runs = 120) {
  const random = seededRandom(17);
  const limit = trueQuantile(kind, level);
  const ends = Array.from({ length: runs }, () => isEverWrong(kind, limit, spend, random));
  return {
    holds: ends.filter((end) => end.holds).length / runs,
    broken: ends.filter((end) => end.broken).length / runs,
  };
}

describe('looking after every block until it is decided', () => {
  it.each([
    ['independent samples', windowedSeries(0, 0)],
    ['windows with lag-1 correlation 0.7', windowedSeries(0.7, 0.1)],
    ['pauses', pausedSeries(4)],
  ])('is wrong in at most 5 % on %s', (_, kind) => {
    const { holds, broken } = wrongShares(kind, true);
    expect(holds).toBeLessThanOrEqual(0.05);
    expect(broken).toBeLessThanOrEqual(0.05);
  });

  it('would be wrong more often with the same confidence at every look', () => {
    const { holds, broken } = wrongShares(windowedSeries(0.7, 0.1), false);
    expect(Math.max(holds, broken)).toBeGreaterThan(0.05);
  });
});

describe('confidenceOfShare', () => {
  it('shares the error equally between figures, and by halves between looks', () => {
    expect(confidenceOfShare({ confidence: 0.95, figures: 1, look: null })).toBeCloseTo(0.95, 12);
    expect(confidenceOfShare({ confidence: 0.95, figures: 5, look: null })).toBeCloseTo(0.99, 12);
    expect(confidenceOfShare({ confidence: 0.95, figures: 2, look: 2 })).toBeCloseTo(1 - 0.05 / 8, 12);
    const spent = Array.from({ length: 40 }, (_, index) => index + 1).reduce(
      (total, look) => total + 3 * (1 - confidenceOfShare({ confidence: 0.95, figures: 3, look })),
      0,
    );
    expect(spent).toBeLessThanOrEqual(0.05 + 1e-12);
  });
});

/** How often the bounds of a quantile cover its true value on simulated series, and how often they decide nothing. */
import { countExceedances } from '../count-exceedances.ts';
import { effectiveSampleSize } from '../effective-sample-size.ts';
import { percentileOfSorted, sortedCopy } from '../percentile.ts';
import { quantileInterval } from '../quantile-interval.ts';
import { seededRandom } from '../seeded-random.ts';
import { type SeriesKind, type SeriesLength, trueQuantile } from './simulated-series.ts';

export interface CoverQuestion extends SeriesLength {
  kind: SeriesKind;
  levels: readonly number[];
  /** Of each bound, one-sided. */
  confidence: number;
  runs: number;
  seed: number;
  /** false takes every sample for an independent one. */
  corrected?: boolean;
}

/** Counts over the runs, of one level. */
export interface Cover {
  level: number;
  runs: number;
  /** Runs whose upper bound is not below the true value; likewise. */
  above: number;
  below: number;
  both: number;
  /** Runs without an upper bound: such a gate never holds. */
  unbounded: number;
  /** Sum over the other runs of upper − lower bound, in the unit of the series. */
  widths: number;
  effectiveShares: number;
}

export function coverSeries(question: CoverQuestion): Cover[] {
  const { kind, levels, runs } = question;
  const truths = levels.map((level) => trueQuantile(kind, level));
  const covers = levels.map((level) => ({
    ...{ level, runs, above: 0, below: 0, both: 0, unbounded: 0, widths: 0, effectiveShares: 0 },
  }));
  const random = seededRandom(question.seed);
  for (let run = 0; run < runs; run += 1) {
    const values = kind.draw(question, random);
    const sorted = sortedCopy(values);
    covers.forEach((cover, place) => {
      addRun(cover, truths[place] ?? Number.NaN, { values, sorted }, question);
    });
  }
  return covers;
}

function addRun(
  cover: Cover,
  truth: number,
  { values, sorted }: { values: Float64Array; sorted: Float64Array },
  { seconds, perSecond, confidence, corrected = true }: CoverQuestion,
): void {
  const { level } = cover;
  const windows = countExceedances({
    at: values.map((_, index) => index / perSecond),
    values,
    from: 0,
    to: seconds,
    windowLength: 1,
    threshold: percentileOfSorted(sorted, level) ?? 0,
  });
  const worth = effectiveSampleSize([windows], confidence)?.effectiveSamples ?? 0;
  const effectiveSamples = corrected ? worth : values.length;
  const [lower, upper] = quantileInterval({ sorted, effectiveSamples, level, confidence });
  const above = upper === null || upper >= truth;
  const below = lower === null || lower <= truth;
  cover.above += above ? 1 : 0;
  cover.below += below ? 1 : 0;
  cover.both += above && below ? 1 : 0;
  cover.unbounded += upper === null ? 1 : 0;
  cover.widths += upper === null || lower === null ? 0 : upper - lower;
  cover.effectiveShares += worth / values.length;
}

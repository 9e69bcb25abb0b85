/** Latency-like series with a known p99, in one-second windows that are correlated with one another as those of a real run are. */
import { countExceedances } from '../count-exceedances.ts';
import { effectiveSampleSize } from '../effective-sample-size.ts';
import { percentile, sortedCopy } from '../percentile.ts';
import { quantileInterval } from '../quantile-interval.ts';
import { seededRandom } from '../seeded-random.ts';
import { normalNumbers } from './normal-numbers.ts';

export interface Series {
  seconds: number;
  perSecond: number;
  /** Lag-1 correlation of the windows' level (AR(1)). */
  correlation: number;
  /** Share of the variance that the window's level has; 0 makes the samples independent. */
  windowShare: number;
  seed: number;
}

const level = 0.99;
/** p99 of the standard normal, which every series here has as its marginal distribution. */
const truth = 2.3263478740408408;
const confidence = 0.95;

function drawSeries({ seconds, perSecond, correlation, windowShare, seed }: Series): Float64Array {
  const normal = normalNumbers(seededRandom(seed));
  const values = new Float64Array(seconds * perSecond);
  let windowLevel = normal();
  for (let index = 0; index < values.length; index += 1) {
    if (index % perSecond === 0) {
      windowLevel = correlation * windowLevel + Math.sqrt(1 - correlation ** 2) * normal();
    }
    values[index] = Math.sqrt(windowShare) * windowLevel + Math.sqrt(1 - windowShare) * normal();
  }
  return values;
}

/** Draws one series and tells on which sides the interval of its p99 covers the true value; `corrected` false takes n for n_eff. */
export function coverOnce(series: Series, corrected = true): { above: boolean; below: boolean } {
  const values = drawSeries(series);
  const windows = countExceedances({
    at: values.map((_, index) => index / series.perSecond),
    values,
    from: 0,
    to: series.seconds,
    windowLength: 1,
    threshold: percentile(values, level) ?? 0,
  });
  const worth = effectiveSampleSize([windows], confidence)?.effectiveSamples ?? 0;
  const effectiveSamples = corrected ? worth : values.length;
  const [lower, upper] = quantileInterval({ sorted: sortedCopy(values), effectiveSamples, level, confidence });
  return { above: upper === null || upper >= truth, below: lower === null || lower <= truth };
}

/** Latency-like series whose distribution is known: what intervals are checked against. Shapes as real runs have them. */
import { bisect } from '../bisect.ts';
import { normalNumbers } from './normal-numbers.ts';
import { normalShareBelow } from './normal-share-below.ts';

export interface SeriesKind {
  title: string;
  /** Latencies at equal distances of time, `perSecond` a second. */
  draw: (length: SeriesLength, random: () => number) => Float64Array;
  /** Share of the latencies below a value, over the whole time of a run. */
  shareBelow: (value: number) => number;
}

export interface SeriesLength {
  seconds: number;
  perSecond: number;
}

/** No series here has a latency outside of these; in standard deviations or in seconds. */
const extremes = [-20, 20] as const;

export function trueQuantile({ shareBelow }: SeriesKind, level: number): number {
  return bisect(...extremes, (value) => shareBelow(value) >= level);
}

/**
 * One-second windows have a level of their own, an AR(1) process.
 * `correlation`: lag 1, of the levels; `windowShare`: of the variance that the level has, 0 makes the samples independent.
 */
export function windowedSeries(correlation: number, windowShare: number): SeriesKind {
  return {
    title: windowShare === 0 ? 'independent' : `windows ${Math.round(windowShare * 100)} %, correlated ${correlation}`,
    shareBelow: normalShareBelow,
    draw: ({ seconds, perSecond }, random) => {
      const normal = normalNumbers(random);
      let windowLevel = normal();
      return Float64Array.from({ length: seconds * perSecond }, (_, index) => {
        if (index > 0 && index % perSecond === 0) {
          windowLevel = correlation * windowLevel + Math.sqrt(1 - correlation ** 2) * normal();
        }
        return Math.sqrt(windowShare) * windowLevel + Math.sqrt(1 - windowShare) * normal();
      });
    },
  };
}

/** Independent samples whose level is a function of how much of the run is over, 0 to 1: a drift, a step. */
export function shiftedSeries(title: string, shift: (over: number) => number): SeriesKind {
  return {
    title,
    shareBelow: (value) => meanOver(0, 1, (over) => normalShareBelow(value - shift(over))),
    draw: ({ seconds, perSecond }, random) => {
      const normal = normalNumbers(random);
      const length = seconds * perSecond;
      return Float64Array.from({ length }, (_, index) => normal() + shift((index + 0.5) / length));
    },
  };
}

const shortestPause = 0.05;
const longestPause = 1;
const meanPause = (shortestPause + longestPause) / 2;
/** Exponential latency outside of pauses, s. */
const usual = 0.01;

/** A server that stands still for 50 to 1,000 ms at random times: every request in a pause waits for its end. Seconds. */
export function pausedSeries(meanSecondsBetween: number): SeriesKind {
  const pausedShare = meanPause / (meanPause + meanSecondsBetween);
  const usualBelow = (value: number) => (value > 0 ? 1 - Math.exp(-value / usual) : 0);
  // Who comes into a pause meets a long one more often, and what is left of it has the density P(pause > x) / mean pause.
  const restDensity = (rest: number) => Math.min(1, (longestPause - rest) / (longestPause - shortestPause)) / meanPause;
  const pausedBelow = (value: number) =>
    longestPause * meanOver(0, longestPause, (rest) => restDensity(rest) * usualBelow(value - rest));
  return {
    title: `pauses every ${meanSecondsBetween} s`,
    shareBelow: (value) => (1 - pausedShare) * usualBelow(value) + pausedShare * pausedBelow(value),
    draw: ({ seconds, perSecond }, random) => {
      const exponential = () => -Math.log(1 - random());
      // From well before the first request on, so that a run may begin in a pause.
      let from = -10 * meanSecondsBetween;
      let to = from;
      return Float64Array.from({ length: seconds * perSecond }, (_, index) => {
        const at = index / perSecond;
        while (at >= to) {
          from = to + meanSecondsBetween * exponential();
          to = from + shortestPause + (longestPause - shortestPause) * random();
        }
        return usual * exponential() + (at >= from ? to - at : 0);
      });
    },
  };
}

/** By the midpoint rule. */
function meanOver(low: number, high: number, valueAt: (x: number) => number): number {
  const steps = 500;
  let total = 0;
  for (let step = 0; step < steps; step += 1) total += valueAt(low + ((step + 0.5) / steps) * (high - low));
  return total / steps;
}

/**
 * How many independent samples a correlated series is worth when its upper tail is asked about.
 *
 * Method: batch means of the exceedance indicator, batches by time, so that requests which were slow together (one pause of the
 * server, one full queue) fall into one batch. The variance of the exceedance share between batches, over the binomial variance,
 * is the design effect (Kish 1965, "Survey Sampling", §8.2); n_eff = n / design effect. Batches have unequal counts, so the variance
 * is that of a ratio (ultimate clusters; Hansen, Hurwitz & Madow 1953). Batch means for quantiles: Heidelberger & Lewis 1984,
 * Operations Research 32:185; for steady-state simulation: Schmeiser 1982, Operations Research 30:556.
 *
 * The length of the batches matters: shorter than the correlation and n_eff is too large. No one length is right for every run, so
 * every length is tried that leaves at least six batches, and the smallest n_eff counts. Few batches estimate a variance badly; that is
 * paid for by (z / t)² with batches − 1 degrees of freedom (Korn & Graubard 1998, Survey Methodology 24:193).
 * In simulation (effective-sample-size.test.ts) this covers at the stated confidence where 1-second batches alone cover 75 %.
 */
import type { WindowCounts } from './count-exceedances.ts';
import { studentTQuantile } from './student-t.ts';

/** With five degrees of freedom the t correction is still useful (0.67); below, it takes most of the sample. */
const fewestBatches = 6;
/** Batch lengths grow by this factor: neighbours tell the same, and each further one makes the smallest n_eff smaller by chance. */
const lengthGrowth = 1.25;
/** Stands in for the normal distribution in the t quantile. */
const manyDegreesOfFreedom = 1e6;

export interface EffectiveSampleSize {
  effectiveSamples: number;
  /** Samples over effective samples. */
  designEffect: number;
  /** The number of batches, and the windows in each, that gave it. */
  batches: number;
  windowsPerBatch: number;
}

/** `blocks`: the windows of each block of a run; batches never cross from one into the next. null where there are too few windows. */
export function effectiveSampleSize(blocks: readonly WindowCounts[], confidence: number): EffectiveSampleSize | null {
  const samples = blocks.reduce((total, block) => total + sum(block.samples), 0);
  const longest = Math.max(0, ...blocks.map((block) => block.samples.length));
  const normal = studentTQuantile(confidence, manyDegreesOfFreedom);
  let least: EffectiveSampleSize | null = null;
  for (let length = 1; length <= longest; length = Math.max(length + 1, Math.round(length * lengthGrowth))) {
    const batches = blocks.flatMap((block) => batchesOf(block, length));
    if (batches.length < fewestBatches) break;
    const fewBatches = (normal / studentTQuantile(confidence, batches.length - 1)) ** 2;
    const worth = Math.min(samples, samples / designEffectOf(batches)) * fewBatches;
    if (least === null || worth < least.effectiveSamples) {
      least = {
        effectiveSamples: worth,
        designEffect: worth > 0 ? samples / worth : 1,
        batches: batches.length,
        windowsPerBatch: length,
      };
    }
  }
  return least;
}

interface Batch {
  samples: number;
  exceedances: number;
}

/** Batches of `length` windows; those left over join the last batch. */
function batchesOf(block: WindowCounts, length: number): Batch[] {
  const windows = block.samples.length;
  const count = Math.max(1, Math.floor(windows / length));
  return Array.from({ length: count }, (_, index) => {
    const from = index * length;
    const to = index === count - 1 ? windows : from + length;
    return { samples: sum(block.samples, from, to), exceedances: sum(block.exceedances, from, to) };
  });
}

/** Variance of the exceedance share between batches, over what independent samples would show; 1 where nothing varies. */
function designEffectOf(batches: readonly Batch[]): number {
  const samples = batches.reduce((total, batch) => total + batch.samples, 0);
  const share = batches.reduce((total, batch) => total + batch.exceedances, 0) / samples;
  const binomial = samples * share * (1 - share);
  if (!(binomial > 0)) return 1;
  const squares = batches.reduce((total, batch) => total + (batch.exceedances - share * batch.samples) ** 2, 0);
  return Math.max(Number.MIN_VALUE, (squares * batches.length) / (batches.length - 1) / binomial);
}

function sum(values: Float64Array, from = 0, to = values.length): number {
  let total = 0;
  for (let index = from; index < to; index += 1) total += values[index] ?? 0;
  return total;
}

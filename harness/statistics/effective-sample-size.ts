/**
 * How many independent samples a correlated series is worth when its upper tail is asked about.
 *
 * Method: batch means of the exceedance indicator, batches by time, so that requests which were slow together (one pause of the
 * server, one full queue) fall into one batch. The variance of the exceedance share between batches, over the binomial variance,
 * is the design effect (Kish 1965, "Survey Sampling", §8.2); n_eff = n / design effect. Batch means for quantiles: Heidelberger &
 * Lewis 1984, Operations Research 32:185; for steady-state simulation: Schmeiser 1982, Operations Research 30:556.
 *
 * No one batch length is right for every run, so a ladder of lengths is tried and the smallest n_eff counts. Three things are
 * corrected at each length (batch-variance.ts), each because without it the bounds covered less than 93 % in `npm run bench --
 * coverage`: batches that still resemble their neighbours, batches too few to tell, and slow stretches too few to tell.
 * What no estimate can mend: pauses that come fewer than some eight times in a run, of which a run may simply have seen none.
 */
import { batchVariance } from './batch-variance.ts';
import type { WindowCounts } from './count-exceedances.ts';
import { studentTQuantile } from './student-t.ts';

/** With five degrees of freedom the t correction is still useful (0.67); below, it takes most of the sample. */
const fewestBatches = 6;
/** Batch lengths grow by this factor: neighbours tell the same, and each further one makes the smallest n_eff smaller by chance. */
const lengthGrowth = 1.4;
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
    const variance = batchVariance(blocks, length);
    if (variance.batches < fewestBatches) break;
    const fewToTell = (normal / studentTQuantile(confidence, variance.degreesOfFreedom)) ** 2;
    const worth = Math.min(samples, samples / variance.designEffect) * fewToTell;
    if (least === null || worth < least.effectiveSamples) {
      least = {
        effectiveSamples: worth,
        designEffect: worth > 0 ? samples / worth : 1,
        batches: variance.batches,
        windowsPerBatch: length,
      };
    }
  }
  return least;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/**
 * A mean with its confidence bounds by batch means: of a figure per request (weights are requests), or per unit of time (weights are times).
 *
 * The batches have unequal weights, so the mean is a ratio and its variance that of a ratio (Hansen, Hurwitz & Madow 1953). Batches
 * that still resemble their neighbours make the variance larger by (1 + ρ) / (1 − ρ) (Bartlett 1946, JRSS Suppl. 8:27); an estimate of
 * ρ from few batches is too low by about (1 + 3ρ) / n, which is put back (Kendall 1954, Biometrika 41:403), and of very few it counts as usual.
 */
import { studentTQuantile } from './student-t.ts';

export interface Batch {
  sum: number;
  weight: number;
}

export interface BatchMean {
  mean: number;
  /** Standard deviation that the mean of a single batch would have, resemblance included. */
  deviation: number;
  batches: number;
  /** [null, null] with fewer batches than tell a variance. Each bound one-sided at the stated confidence. */
  interval: [number | null, number | null];
}

/** Below it the t quantile takes more than the estimate gives. */
const fewestBatches = 6;
/** What neighbouring batches of some seconds usually have; counts as much as this many batches, and never lowers what was seen. */
const usualCorrelation = 0.3;
const usualWorth = 4;
const leastIndependentBatches = 3;
const leastDegreesOfFreedom = 2;

/** `blocks`: batches in order of time; neighbours are looked for within a block. null where nothing has any weight. */
export function batchMeanInterval(blocks: readonly (readonly Batch[])[], confidence: number): BatchMean | null {
  const all = blocks.flat();
  const weight = all.reduce((total, batch) => total + batch.weight, 0);
  if (!(weight > 0)) return null;
  const batches = all.length;
  const mean = all.reduce((total, { sum }) => total + sum, 0) / weight;
  if (batches < fewestBatches) return { mean, deviation: 0, batches, interval: [null, null] };
  const excesses = blocks.map((block) => block.map((one) => ((one.sum - mean * one.weight) * batches) / weight));
  const squares = excesses.flat().reduce((total, excess) => total + excess ** 2, 0);
  const products = excesses
    .map((block) => block.reduce((total, excess, index) => total + excess * (block[index - 1] ?? 0), 0))
    .reduce((total, product) => total + product, 0);
  const resemblance = squares > 0 ? resemblanceOf(products / squares, batches) : 1;
  const deviation = Math.sqrt((squares / (batches - 1)) * resemblance);
  const degrees = Math.max(leastDegreesOfFreedom, (batches - 1) / resemblance);
  const half = (studentTQuantile(confidence, degrees) * deviation) / Math.sqrt(batches);
  return { mean, deviation, batches, interval: [mean - half, mean + half] };
}

function resemblanceOf(seen: number, batches: number): number {
  const unbiased = Math.max(0, Math.min(1, (seen + 1 / batches) / Math.max(0.1, 1 - 3 / batches)));
  const correlation = Math.max(unbiased, (batches * unbiased + usualWorth * usualCorrelation) / (batches + usualWorth));
  return Math.min(Math.max(1, batches / leastIndependentBatches), (1 + correlation) / (1 - correlation));
}

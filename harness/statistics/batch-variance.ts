/**
 * The variance of the exceedance share between batches of one length, as a design effect, and how well so many batches tell it.
 *
 * Batches have unequal counts, so the variance is that of a ratio (ultimate clusters; Hansen, Hurwitz & Madow 1953).
 *
 * Batches that still resemble their neighbours: the variance of their mean is larger by (1 + ρ) / (1 − ρ), ρ their lag-1 correlation
 * (Bartlett 1946, JRSS Suppl. 8:27; Fishman 1978, Management Science 24:510, tests the same batches for it). An estimate of ρ from few
 * batches is too low by about (1 + 3ρ) / n, which is put back (Marriott & Pope 1954, Biometrika 41:390; Kendall 1954, 41:403).
 *
 * Few batches, or few slow stretches, estimate a variance badly. It is worth 2 / (its relative variance) degrees of freedom, and that
 * is (kurtosis − 1) / batches: two pauses in sixty batches are worth four degrees, not fifty-nine (Satterthwaite 1946, Biometrics
 * Bulletin 2:110). n_eff is multiplied by (z / t)² for them, as in Korn & Graubard 1998, Survey Methodology 24:193.
 */
import type { WindowCounts } from './count-exceedances.ts';

/** Of fewer batches than this, only that they are few is corrected for: their correlation says nothing. */
const fewestForCorrelation = 12;
/**
 * A short run cannot tell its correlation: from twelve batches the standard error is 0.3. So what windows of one second usually have
 * counts for as much as this many batches beside the estimate; of batches that are longer, correspondingly less. It never lowers what was seen.
 */
const usualCorrelation = 0.7;
const usualWorth = 4;
/**
 * What resembles itself over the whole run is a drift, and looks like ρ = 1. However much the batches resemble one another, they
 * count as at least three and, for their own variance, as two degrees of freedom.
 */
const leastIndependentBatches = 3;
const leastDegreesOfFreedom = 2;

export interface BatchVariance {
  batches: number;
  /** Variance of the exceedance share over what independent samples would show; 1 where nothing varies. */
  designEffect: number;
  /** At least 1. */
  degreesOfFreedom: number;
}

/** `length`: windows in a batch; batches never cross from one block into the next. */
export function batchVariance(blocks: readonly WindowCounts[], length: number): BatchVariance {
  const batched = blocks.map((block) => batchesOf(block, length));
  const all = batched.flat();
  const batches = all.length;
  const samples = all.reduce((total, batch) => total + batch.samples, 0);
  const share = all.reduce((total, batch) => total + batch.exceedances, 0) / samples;
  const binomial = samples * share * (1 - share);
  if (!(binomial > 0)) return { batches, designEffect: 1, degreesOfFreedom: Math.max(1, batches - 1) };
  const { squares, fourths, products } = momentsOf(batched, share);
  const resemblance = squares > 0 ? resemblanceOf(products / squares, batches, length) : 1;
  const kurtosis = squares > 0 ? (fourths * batches) / squares ** 2 : 1;
  const degrees = Math.max(1, Math.min(batches - 1, (2 * batches) / Math.max(Number.MIN_VALUE, kurtosis - 1)));
  return {
    batches,
    designEffect: Math.max(Number.MIN_VALUE, ((squares * batches) / (batches - 1) / binomial) * resemblance),
    degreesOfFreedom: Math.min(degrees, Math.max(leastDegreesOfFreedom, degrees / resemblance)),
  };
}

/** (1 + ρ) / (1 − ρ), from 1 (independent) to the number that leaves the fewest independent batches. */
function resemblanceOf(seenCorrelation: number, batches: number, length: number): number {
  if (batches < fewestForCorrelation) return 1;
  const unbiased = Math.max(0, Math.min(1, (seenCorrelation + 1 / batches) / (1 - 3 / batches)));
  const withUsual = (batches * unbiased + usualWorth * usualCorrelation ** length) / (batches + usualWorth);
  const correlation = Math.max(unbiased, withUsual);
  const most = Math.max(1, batches / leastIndependentBatches);
  return Math.min(most, (1 + correlation) / (1 - correlation));
}

/** Of what each batch has above its due: sums of squares and fourth powers, and of products with the next batch of its block. */
function momentsOf(batched: readonly (readonly Batch[])[], share: number) {
  let squares = 0;
  let fourths = 0;
  let products = 0;
  for (const batches of batched) {
    let last = 0;
    for (const batch of batches) {
      const excess = batch.exceedances - share * batch.samples;
      squares += excess ** 2;
      fourths += excess ** 4;
      products += excess * last;
      last = excess;
    }
  }
  return { squares, fourths, products };
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

function sum(values: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let index = from; index < to; index += 1) total += values[index] ?? 0;
  return total;
}

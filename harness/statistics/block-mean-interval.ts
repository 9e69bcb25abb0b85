/**
 * Mean of one figure per block, with its confidence bounds from Student's t on the blocks.
 *
 * A block (processes restarted, slots swapped) is the unit that repeats; the pairs inside one share its luck and are not independent.
 * Why t: with six blocks the percentile bootstrap over blocks is too narrow by √(5/6) and by z against t, and covers about 90 %
 * where 95 % is stated; the sign bound (smallest and largest block) needs no shape but is always 98.4 % and a half wider.
 * block-mean-interval.test.ts compares the three. A block's figure is the median of hundreds of pairs, hence close to normal, and under
 * equal arms it is symmetric because the order within a pair is drawn at random. Hesterberg (2015, The American Statistician
 * 69:371) has the same advice for small samples.
 */
import { studentTQuantile } from './student-t.ts';

export interface MeanInterval {
  mean: number;
  /** Standard deviation between blocks; 0 with one block. */
  deviation: number;
  /** [null, null] with fewer than two blocks. Each bound one-sided at the stated confidence. */
  interval: [number | null, number | null];
}

/** `blocks`: at least one figure. */
export function blockMeanInterval(blocks: readonly number[], confidence: number): MeanInterval {
  if (blocks.length === 0) throw new RangeError('blockMeanInterval: no blocks');
  const mean = blocks.reduce((total, value) => total + value, 0) / blocks.length;
  if (blocks.length < 2) return { mean, deviation: 0, interval: [null, null] };
  const squares = blocks.reduce((total, value) => total + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (blocks.length - 1));
  const half = (studentTQuantile(confidence, blocks.length - 1) * deviation) / Math.sqrt(blocks.length);
  return { mean, deviation, interval: [mean - half, mean + half] };
}

/** What a disturbance of the machine amounts to over the blocks of an experiment. */
import type { Experiment } from '../../model/experiment.ts';

/**
 * The worst block, where a percentile of one arm is judged: a single block can hold all of its slow requests. Of arms that run at the same time
 * the mean: what befalls a block befalls each of them, and how much blocks differ is in the interval. On a shared machine one block in ten
 * meets a neighbour, and of fifty none would be left.
 */
export function overBlocks({ arms }: Pick<Experiment, 'arms'>, shares: readonly number[]): number {
  if (arms.length < 2) return Math.max(...shares);
  return shares.reduce((total, share) => total + share, 0) / shares.length;
}

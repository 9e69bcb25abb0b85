/** How much slower the candidate's typical request is, in one block: the middle of the log ratios of its pairs. */
import { logRatios } from '../statistics/log-ratios.ts';
import { middleMean } from '../statistics/middle-mean.ts';
import type { ComparedPairs } from './compared-pairs.ts';

/**
 * The second request of a pair finds warm caches and is quicker by some per cent. The two orders are summed up apart and then meaned, so
 * that neither the lot of the orders nor their mixture adds to the noise. null with no pair in one of the orders.
 */
export function latencyEffect(pairs: ComparedPairs, keep: (index: number) => boolean = () => true): number | null {
  const { baseMs, candidateMs, candidateFirst } = pairs;
  const ratios = logRatios({ a: baseMs, b: candidateMs });
  const inOrder = (first: 0 | 1) => ratios.filter((_, index) => candidateFirst[index] === first && keep(index));
  const [second, first] = [middleMean(inOrder(0)), middleMean(inOrder(1))];
  return first === null || second === null ? null : (first + second) / 2;
}

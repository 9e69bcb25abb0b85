/** How many more blocks would decide on which side of a limit their mean lies, if they varied as the present ones do. */
import { firstInteger } from './first-integer.ts';
import { studentTQuantile } from './student-t.ts';

export interface UndecidedMean {
  mean: number;
  limit: number;
  /** Standard deviation between blocks. */
  deviation: number;
  blocks: number;
  confidence: number;
}

/** More than this many blocks, and the mean lies on the limit for every practical purpose. */
const mostBlocks = 100_000;

/** Further blocks beside those there are; null where no reasonable number would do. */
export function blocksToDecide({ mean, limit, deviation, blocks, confidence }: UndecidedMean): number | null {
  const distance = Math.abs(mean - limit);
  const half = (total: number) => (studentTQuantile(confidence, total - 1) * deviation) / Math.sqrt(total);
  const total = firstInteger(Math.max(2, blocks), mostBlocks, (candidate) => half(candidate) < distance);
  return total === null ? null : total - blocks;
}

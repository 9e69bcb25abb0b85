/** How many more blocks an anytime-valid comparison would need, if its mean and the deviation between blocks stayed as they are. */
import type { AnytimeMean } from './anytime-mean.ts';
import { firstInteger } from './first-integer.ts';
import { criticalT } from './t-e-process.ts';

export interface OpenComparison {
  seen: AnytimeMean;
  blocks: number;
  /** Broken where the lower bound is over it. */
  limit: number;
  lowerError: number;
  /** Holds where the upper bound is not over it; not below `limit`. */
  margin: number;
  upperError: number;
}

/** More than this many blocks, and it is not decided for every practical purpose. */
const mostBlocks = 1000;

/** At least 1; null where no reasonable number would do, or where nothing can be said yet. */
export function furtherBlocks({ seen, blocks, limit, lowerError, margin, upperError }: OpenComparison): number | null {
  const { mean, deviation } = seen;
  if (deviation === null) return null;
  const within = (total: number, error: number, distance: number) => {
    const critical = criticalT(total, error);
    return critical !== null && (critical * deviation) / Math.sqrt(total) < distance;
  };
  const decides = (total: number) =>
    within(total, lowerError, mean - limit) || within(total, upperError, margin - mean);
  const total = firstInteger(blocks + 1, mostBlocks, decides);
  return total === null ? null : total - blocks;
}

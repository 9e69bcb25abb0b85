/** How many more blocks a comparison would need, if its mean and the deviation between blocks stayed as they are. */
import type { AnytimeMean } from './anytime-mean.ts';
import { type Spending, nextLook, wantedT } from './planned-looks.ts';

export interface OpenComparison {
  seen: Pick<AnytimeMean, 'mean' | 'deviation'>;
  blocks: number;
  /** Broken where the lower bound is over it. */
  limit: number;
  lowerError: number;
  /** Holds where the upper bound is not over it; not below `limit`. */
  margin: number;
  upperError: number;
  spending: Spending;
}

/** More than this many blocks, and it is not decided for every practical purpose. */
const mostBlocks = 1000;

/** Until the look that would decide it; null where no reasonable number would do, or where nothing can be said yet. */
export function furtherBlocks(open: OpenComparison): number | null {
  const { seen, blocks, limit, lowerError, margin, upperError, spending } = open;
  const { mean, deviation } = seen;
  if (deviation === null) return null;
  for (let look = nextLook(blocks, spending); look.blocks <= mostBlocks; look = nextLook(look.blocks, spending)) {
    const half = (error: number) => (wantedT(look, error) * deviation) / Math.sqrt(look.blocks);
    if (half(lowerError) < mean - limit || half(upperError) < margin - mean) return look.blocks - blocks;
  }
  return null;
}

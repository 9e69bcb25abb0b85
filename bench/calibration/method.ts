/** A way to decide whether the candidate is slower, fed with one block after the other. */
import type { RecordedBlock } from './recording.ts';

export type Decision = 'broken' | 'holds';

/** One comparison under way: takes the next block and says what is decided now, null while nothing is. */
export type Judge = (block: RecordedBlock) => Decision | null;

export interface Method {
  id: string;
  title: string;
  /** What it looks for. */
  gate: 'median' | 'tail';
  /** A fresh comparison. */
  begin: () => Judge;
}

/** Pairs whose requests were sent one by one. */
export function singlesOf(block: RecordedBlock, arm: 'baseMs' | 'candidateMs'): Float64Array {
  return block[arm].filter((_, index) => block.endpoint[index] !== 'burst');
}

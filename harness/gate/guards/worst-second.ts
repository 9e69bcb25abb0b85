/** The largest share of some answers in any one second of a block: what a mean over the whole of it hides. */
import { measuredRows, type SampledBlock } from '../../model/measured-rows.ts';

const SECOND_MS = 1_000;

/** A second with fewer answers counts as one with this many: one error among three answers is not a burst. */
const FEWEST_ANSWERS = 50;

/** From 0 to 1. The second may begin anywhere; answers count by their end. `matches` is asked with a row and its status. */
export function worstSecond(block: SampledBlock, matches: (status: number) => boolean): number {
  const { endedAtMs, status } = block.samples;
  const rows = measuredRows(block).sort((a, b) => (endedAtMs[a] ?? 0) - (endedAtMs[b] ?? 0));
  let oldest = 0;
  let matching = 0;
  let worst = 0;
  rows.forEach((row, newest) => {
    if (matches(status[row] ?? 0)) matching += 1;
    while ((endedAtMs[row] ?? 0) - (endedAtMs[rows[oldest] ?? 0] ?? 0) >= SECOND_MS) {
      if (matches(status[rows[oldest] ?? 0] ?? 0)) matching -= 1;
      oldest += 1;
    }
    worst = Math.max(worst, matching / Math.max(FEWEST_ANSWERS, newest - oldest + 1));
  });
  return worst;
}

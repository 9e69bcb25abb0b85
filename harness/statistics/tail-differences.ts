/**
 * Compares a high percentile of paired latencies: how many more of the candidate's are over a threshold than of the base's, a figure a block.
 *
 * Pairs of which both or neither are over it say nothing (McNemar 1947, Psychometrika 12:153), and drop out of the difference. To ask
 * whether the percentile of the candidate is more than `ratio` times the base's, the candidate's latencies are divided by the ratio first; the
 * threshold is the percentile of both arms together, in a typical block. It treats the arms alike, so where they are alike each difference is as often
 * negative as positive, however slow requests cluster. A betting process over single discordant pairs would need them to be independent,
 * but a process that happens to be slower stays so for its block: so the differences are compared between blocks, by how much they vary.
 */

export interface PairedLatencies {
  baseMs: Float64Array;
  candidateMs: Float64Array;
}

export interface TailQuestion {
  blocks: readonly PairedLatencies[];
  /** 0.99 is p99. */
  level: number;
  ratio: number;
}

/** A block weighs no more than one with this many times the slow requests of a typical one. */
const mostOfTypical = 2;

/**
 * Share of a block's pairs; empty of nothing. In a block in which the machine stood still dozens are over the threshold at once, in the arm that
 * had its turn: such a difference is scaled down to what a block has usually, so that one stall does not outweigh a minute of load. What
 * decides about the weight are both arms together, so it favours neither.
 */
export function tailDifferences({ blocks, level, ratio }: TailQuestion): number[] {
  const threshold = typicalPercentile(blocks, level, ratio);
  const counts = blocks.map(({ baseMs, candidateMs }) => {
    const [base, candidate] = [countOver(baseMs, threshold), countOver(candidateMs, threshold * ratio)];
    return { pairs: Math.max(1, baseMs.length), both: base + candidate, more: candidate - base };
  });
  const most = mostOfTypical * Math.max(1, lowerMedian(Float64Array.from(counts, ({ both }) => both)));
  return counts.map(({ pairs, both, more }) => (more * Math.min(1, most / Math.max(1, both))) / pairs);
}

/**
 * The median of the blocks' own percentiles. One of all blocks together would be set by the few in which the machine stood still: a stall of a
 * quarter of a second, in one block of sixty, held 168 of the 400 slowest requests, and lifted the threshold over nearly all others.
 */
function typicalPercentile(blocks: readonly PairedLatencies[], level: number, ratio: number): number {
  const measured = blocks.filter(({ baseMs }) => baseMs.length > 0);
  const own = Float64Array.from(measured, (block) => percentileOf(block, level, ratio));
  return lowerMedian(own);
}

/** NaN of nothing. Reorders the values. */
function lowerMedian(values: Float64Array): number {
  return selectRank(values, (values.length - 1) >> 1);
}

function countOver(values: Float64Array, threshold: number): number {
  let count = 0;
  for (const value of values) if (value > threshold) count += 1;
  return count;
}

/** The value that a share of 1 − level of both arms is over. */
function percentileOf({ baseMs, candidateMs }: PairedLatencies, level: number, ratio: number): number {
  const size = 2 * baseMs.length;
  const pooled = new Float64Array(size);
  pooled.set(baseMs);
  pooled.set(
    candidateMs.map((value) => value / ratio),
    baseMs.length,
  );
  return selectRank(pooled, Math.min(size - 1, Math.ceil(level * size) - 1));
}

/** The value of a rank, counted from 0, in linear time (Hoare 1961, CACM 4:321, algorithm 65). Reorders the values. */
function selectRank(values: Float64Array, rank: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0;
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left += 1;
      while ((values[right] ?? 0) > pivot) right -= 1;
      if (left > right) break;
      const kept = values[left] ?? 0;
      values[left] = values[right] ?? 0;
      values[right] = kept;
      left += 1;
      right -= 1;
    }
    if (rank <= right) high = right;
    else if (rank >= left) low = left;
    else break;
  }
  return values[rank] ?? Number.NaN;
}

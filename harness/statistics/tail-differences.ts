/**
 * Compares a high percentile of paired latencies: how many more of the candidate's are over a threshold than of the base's, a figure a block.
 *
 * Pairs of which both or neither are over it say nothing (McNemar 1947, Psychometrika 12:153), and drop out of the difference. To ask
 * whether the percentile of the candidate is more than `ratio` times the base's, the candidate's latencies are divided by the ratio first; the
 * threshold is the percentile of both arms together. It treats the arms alike, so where they are alike each difference is as often
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

/** Share of a block's pairs; empty of nothing. */
export function tailDifferences({ blocks, level, ratio }: TailQuestion): number[] {
  const threshold = pooledPercentile(blocks, level, ratio);
  return blocks.map(({ baseMs, candidateMs }) => {
    const over = countOver(candidateMs, threshold * ratio) - countOver(baseMs, threshold);
    return over / Math.max(1, baseMs.length);
  });
}

function countOver(values: Float64Array, threshold: number): number {
  let count = 0;
  for (const value of values) if (value > threshold) count += 1;
  return count;
}

/** The value that a share of 1 − level of both arms is over. */
function pooledPercentile(blocks: readonly PairedLatencies[], level: number, ratio: number): number {
  const size = blocks.reduce((total, { baseMs }) => total + 2 * baseMs.length, 0);
  const pooled = new Float64Array(size);
  let at = 0;
  for (const { baseMs, candidateMs } of blocks) {
    pooled.set(baseMs, at);
    at += baseMs.length;
    for (const value of candidateMs) {
      pooled[at] = value / ratio;
      at += 1;
    }
  }
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

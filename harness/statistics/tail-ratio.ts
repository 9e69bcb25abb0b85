/** The ratio of a high percentile between two paired arms, with bounds that hold at every look: the test of tail-differences.ts inverted. */
import { criticalT } from './t-e-process.ts';
import { type PairedLatencies, tailDifferences } from './tail-differences.ts';

export interface TailRatioQuestion {
  blocks: readonly PairedLatencies[];
  level: number;
  /** Chance that the lower bound is ever above the ratio. */
  lowerError: number;
  /** Chance that the upper bound is ever below it. */
  upperError: number;
}

export interface TailRatio {
  /** At which neither arm has more over the threshold than the other. */
  ratio: number;
  lower: number | null;
  upper: number | null;
}

/** Where the ratio is looked for, and how closely, in logarithms: a tenth to ten times, to a fifth of a per cent. */
const widest = Math.log(10);
const closeness = 0.002;

export function tailRatio({ blocks, level, lowerError, upperError }: TailRatioQuestion): TailRatio {
  const crossing = (critical: number) =>
    logCrossing((log) => tailStatistic({ blocks, level, ratio: Math.exp(log) }) - critical);
  const bound = (error: number, sign: 1 | -1) => {
    const critical = criticalT(blocks.length, error);
    const log = critical === null ? null : crossing(sign * critical);
    return log === null ? null : Math.exp(log);
  };
  return { ratio: Math.exp(crossing(0) ?? 0), lower: bound(lowerError, 1), upper: bound(upperError, -1) };
}

/** t statistic of the blocks' differences: positive where more of the candidate's are over. 0 where no block has any. */
export function tailStatistic(question: { blocks: readonly PairedLatencies[]; level: number; ratio: number }): number {
  const values = tailDifferences(question);
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  if (mean === 0) return 0;
  // Equal differences in every block are as good as a variance of nothing: a statistic that is large, not infinite.
  const deviation = Math.max(1e-6, Math.sqrt(squares / Math.max(1, values.length - 1)));
  return (Math.sqrt(values.length) * mean) / deviation;
}

/** Where a falling function turns negative; null where it does not within what is looked at. */
function logCrossing(valueAt: (log: number) => number): number | null {
  let low = -widest;
  let high = widest;
  if (valueAt(low) <= 0 || valueAt(high) >= 0) return null;
  while (high - low > closeness) {
    const middle = (low + high) / 2;
    if (valueAt(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

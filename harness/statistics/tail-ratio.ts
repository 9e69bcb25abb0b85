/** The ratio of a high percentile between two paired arms, with bounds that hold at every look: the test of tail-differences.ts inverted. */
import { type Look, looksUpTo, wantedT } from './planned-looks.ts';
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
  /** null where so few values do not bound it. */
  lower: number | null;
  upper: number | null;
}

/** Where the ratio is looked for, and how closely, in logarithms: a tenth to ten times, to a fifth of a per cent. */
const widest = Math.log(10);
const closeness = 0.002;

export function tailRatio({ blocks, level, lowerError, upperError }: TailRatioQuestion): TailRatio {
  const crossing = (count: number, wanted: number) => {
    const seen = blocks.slice(0, count);
    const log = logCrossing((at) => tailStatistic({ blocks: seen, level, ratio: Math.exp(at) }) - wanted);
    return log === null ? null : Math.exp(log);
  };
  const looks = looksUpTo(blocks.length, 'late');
  const bounds = (wanted: (look: Look) => number) =>
    looks.map((look) => crossing(look.blocks, wanted(look))).filter((bound) => bound !== null);
  const lowers = bounds((look) => wantedT(look, lowerError));
  const uppers = bounds((look) => -wantedT(look, upperError));
  return {
    ratio: crossing(blocks.length, 0) ?? outermost(blocks, level),
    lower: lowers.length === 0 ? null : Math.max(...lowers),
    upper: uppers.length === 0 ? null : Math.min(...uppers),
  };
}

/** Where the arms are not even as far out as is looked: the end on their side, and 1 where neither has more. */
function outermost(blocks: readonly PairedLatencies[], level: number): number {
  const sign = Math.sign(tailStatistic({ blocks, level, ratio: 1 }));
  return Math.exp(sign * widest);
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

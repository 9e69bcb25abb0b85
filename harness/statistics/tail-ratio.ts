/** The ratio of a high percentile between two paired arms, with bounds that hold at every look: the test of tail-differences.ts inverted. */
import { looksUpTo, wantedT } from './planned-looks.ts';
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
  /** null where so few values do not bound it; at the end of what is looked at, it is at least, or at most, that. */
  lower: number | null;
  upper: number | null;
}

/** Where the ratio is looked for, and how closely, in logarithms: a thousandth to a thousand times, to a fifth of a per cent. */
const widest = Math.log(1000);
const closeness = 0.002;

export function tailRatio({ blocks, level, lowerError, upperError }: TailRatioQuestion): TailRatio {
  const crossing = (count: number, wanted: number) => {
    const seen = blocks.slice(0, count);
    return logCrossing((at) => tailStatistic({ blocks: seen, level, ratio: Math.exp(at) }) - wanted);
  };
  const looks = looksUpTo(blocks.length, 'late');
  // A test that even the nearest end does not pass bounds nothing on its side; one that the farthest end passes bounds it there.
  const lowers = looks.map((look) => crossing(look.blocks, wantedT(look, lowerError))).filter((at) => at > -widest);
  const uppers = looks.map((look) => crossing(look.blocks, -wantedT(look, upperError))).filter((at) => at < widest);
  return {
    ratio: typicalRatio(blocks, level, crossing(blocks.length, 0)),
    lower: lowers.length === 0 ? null : Math.exp(Math.max(...lowers)),
    upper: uppers.length === 0 ? null : Math.exp(Math.min(...uppers)),
  };
}

/** 1 where neither arm ever has more over the threshold. */
function typicalRatio(blocks: readonly PairedLatencies[], level: number, crossing: number): number {
  const isEven = Math.abs(crossing) === widest && tailStatistic({ blocks, level, ratio: 1 }) === 0;
  return isEven ? 1 : Math.exp(crossing);
}

export interface TailTest extends TailRatioQuestion {
  limit: number;
  margin: number;
}

/**
 * Broken where at some look the ratio is surely over the limit, held where it is surely under the margin: the tests at these two values, of
 * which the bounds of tailRatio are the inversion. Broken comes first.
 */
export function testTail({ blocks, level, lowerError, upperError, limit, margin }: TailTest): TailOutcome {
  const looks = looksUpTo(blocks.length, 'late').map((look) => {
    const at = (ratio: number) => tailStatistic({ blocks: blocks.slice(0, look.blocks), level, ratio });
    return { isOver: at(limit) > wantedT(look, lowerError), isUnder: at(margin) < -wantedT(look, upperError) };
  });
  if (looks.some(({ isOver }) => isOver)) return 'broken';
  return looks.some(({ isUnder }) => isUnder) ? 'holds' : 'inconclusive';
}

export type TailOutcome = 'broken' | 'holds' | 'inconclusive';

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

/** Where a falling function turns negative; the end beyond which it does, where that is farther than is looked at. */
function logCrossing(valueAt: (log: number) => number): number {
  let low = -widest;
  let high = widest;
  if (valueAt(low) <= 0) return low;
  if (valueAt(high) >= 0) return high;
  while (high - low > closeness) {
    const middle = (low + high) / 2;
    if (valueAt(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

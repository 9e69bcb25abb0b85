/** Decides from paired waiting times whether two kinds of request can be told apart by how long their answers take. */

export interface TimingRule {
  fewestPairs: number;
  /** Of all pairs, so many may go against the rest. */
  mostExceptions: number;
  /** A difference below this is no use to anybody on a network, however regular it is. */
  leastDifferenceMs: number;
  /** And below this share of the slower kind. */
  leastShare: number;
  /** The middle half of the differences spreads wider than this: nothing can be said. */
  mostSpreadMs: number;
  /** Sets of pairs that must all say so, and the same way: the first raises a suspicion, fresh ones confirm it. */
  sets: number;
  /** A set of which nothing can be said is taken anew, so often at the most in all. */
  attempts: number;
}

export type TimingOutcome =
  { kind: 'alike' } | { kind: 'apart'; differenceMs: number; exceptions: number } | { kind: 'unclear'; reason: string };

/** First and second of each pair were asked one after the other, in random order: drift and load bear on both. */
export type TimedPair = readonly [first: number, second: number];

/**
 * Takes sets of pairs until one of them does not say that the two kinds are apart. By chance alone a set of 12 pairs with one
 * exception does so once in 158 times, three of them the same way once in 15 million: no false alarm in any number of runs.
 */
export function confirmTiming(takePairs: () => TimedPair[], rule: TimingRule): TimingOutcome {
  let first = decideTiming(takePairs(), rule);
  for (let attempt = 2; attempt <= rule.attempts && first.kind === 'unclear'; attempt += 1)
    first = decideTiming(takePairs(), rule);
  if (first.kind !== 'apart') return first;
  for (let set = 1; set < rule.sets; set += 1) {
    const again = decideTiming(takePairs(), rule);
    if (again.kind !== 'apart') return again;
    if (again.differenceMs > 0 !== first.differenceMs > 0) return { kind: 'alike' };
  }
  return first;
}

/**
 * The sign test (Dixon and Mood, 1946): were both kinds alike, each pair would fall either way like a coin. It takes no account of
 * how far apart they are, so one slow answer counts once. A difference that is regular must be of use besides.
 */
export function decideTiming(pairs: readonly TimedPair[], rule: TimingRule): TimingOutcome {
  if (pairs.length < rule.fewestPairs) return { kind: 'unclear', reason: `only ${pairs.length} pairs were answered` };
  const differences = pairs.map(([first, second]) => first - second).sort((a, b) => a - b);
  const spread = quantile(differences, 0.75) - quantile(differences, 0.25);
  if (spread > rule.mostSpreadMs)
    return { kind: 'unclear', reason: `the differences spread over ${spread.toFixed(1)} ms` };
  const positive = differences.filter((difference) => difference > 0).length;
  const exceptions = Math.min(positive, differences.length - positive);
  const differenceMs = quantile(differences, 0.5);
  const slower = Math.max(median(pairs.map(([first]) => first)), median(pairs.map(([, second]) => second)));
  const useful = Math.max(rule.leastDifferenceMs, rule.leastShare * slower);
  if (exceptions > rule.mostExceptions || Math.abs(differenceMs) < useful) return { kind: 'alike' };
  return { kind: 'apart', differenceMs, exceptions };
}

function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}

/** Linear between the two nearest (type 7); of sorted values. */
function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (place - below);
}

/** Decides from paired waiting times whether two kinds of request can be told apart by how long their answers take. */

export interface TimingRule {
  /** Of one set: where fewer were answered, nothing can be said of it. */
  fewestPairs: number;
  /** A difference below this is no use to anybody on a network, however regular it is. */
  leastDifferenceMs: number;
  /** And below this share of the slower kind. */
  leastShare: number;
  /** The middle half of the differences spreads wider than this: nothing can be said. */
  mostSpreadMs: number;
  /** Sets of pairs that are taken at the most. */
  sets: number;
}

interface Difference {
  differenceMs: number;
  /** Pairs that go against the rest. */
  exceptions: number;
  pairs: number;
  /** How likely so few exceptions were, were both kinds alike. */
  chance: number;
  /** The least difference that is of use, by the rule. */
  usefulMs: number;
}

export type TimingOutcome = { kind: 'alike' } | ({ kind: 'apart' } & Difference) | { kind: 'unclear'; reason: string };

/** What pairs say that may be added to. */
export type TimingSight = TimingOutcome | ({ kind: 'suspected' } & Difference);

/** First and second of each pair were asked one after the other, in random order: drift and load bear on both. */
export type TimedPair = readonly [first: number, second: number];

/** Pairs that fall so by chance, both ways taken together, are looked at more closely; all others are alike. */
const SUSPICION = 0.8;
/** Of a difference that is of use: few pairs may show less of it. */
const SUSPICIOUS_PART = 0.5;
/** Pairs that fall so by chance are believed: of sixteen looks at each of five such probes, not once in 100,000 runs is one wrong. */
const CERTAINTY = 1e-7;
/** And those that fall so are not passed either, when no more are taken. */
const DOUBT = 1e-4;

/**
 * Takes sets of pairs, and judges all of them together, until they are alike or apart. One in twenty pairs may fall the wrong way, as
 * on a busy machine, and the difference is still found: in the second or third set. A suspicion that sets do not confirm is dropped; one
 * that they strengthen and cannot prove decides nothing.
 */
export function confirmTiming(takePairs: () => TimedPair[], rule: TimingRule): TimingOutcome {
  let pairs: TimedPair[] = [];
  let sight: TimingSight = { kind: 'unclear', reason: 'no pairs were taken' };
  for (let set = 1; set <= rule.sets; set += 1) {
    pairs.push(...takePairs());
    sight = decideTiming(pairs, rule);
    if (sight.kind === 'alike' || sight.kind === 'apart') return sight;
    // How far they spread does not depend on which kind is slower: leaving them out favours neither.
    if (sight.kind === 'unclear') pairs = [];
  }
  return sight.kind === 'suspected' ? atLast(sight, rule) : sight;
}

/** What is too unlikely to be passed and too likely to be believed, decides nothing. */
function atLast(
  { differenceMs, exceptions, pairs, chance, usefulMs }: Difference,
  { sets }: TimingRule,
): TimingOutcome {
  if (chance > DOUBT || Math.abs(differenceMs) < usefulMs) return { kind: 'alike' };
  const apart = `${Math.abs(differenceMs).toFixed(1)} ms apart in all but ${exceptions} of ${pairs} pairs`;
  return { kind: 'unclear', reason: `${apart}, after ${sets} sets neither sure nor chance` };
}

/**
 * The sign test (Dixon and Mood, 1946): were both kinds alike, each pair would fall either way like a coin. It takes no account of
 * how far apart they are, so one slow answer counts once. A difference that is regular must be of use besides.
 */
export function decideTiming(pairs: readonly TimedPair[], rule: TimingRule): TimingSight {
  if (pairs.length < rule.fewestPairs) return { kind: 'unclear', reason: `only ${pairs.length} pairs were answered` };
  const differences = pairs.map(([first, second]) => first - second).sort((a, b) => a - b);
  const spread = quantile(differences, 0.75) - quantile(differences, 0.25);
  if (spread > rule.mostSpreadMs)
    return { kind: 'unclear', reason: `the differences spread over ${spread.toFixed(1)} ms` };
  const positive = differences.filter((difference) => difference > 0).length;
  const exceptions = Math.min(positive, differences.length - positive);
  const differenceMs = quantile(differences, 0.5);
  const slower = Math.max(median(pairs.map(([first]) => first)), median(pairs.map(([, second]) => second)));
  const usefulMs = Math.max(rule.leastDifferenceMs, rule.leastShare * slower);
  const chance = signTest(exceptions, pairs.length);
  const size = Math.abs(differenceMs);
  if (chance > SUSPICION || size < SUSPICIOUS_PART * usefulMs) return { kind: 'alike' };
  const isCertain = chance < CERTAINTY && size >= usefulMs;
  return { kind: isCertain ? 'apart' : 'suspected', differenceMs, exceptions, pairs: pairs.length, chance, usefulMs };
}

/** Probability that so few of `count` fair coins, or fewer, fall on one of their two sides. */
function signTest(exceptions: number, count: number): number {
  let ways = 1;
  let sum = 1;
  for (let each = 1; each <= exceptions; each += 1) {
    ways = (ways * (count - each + 1)) / each;
    sum += ways;
  }
  return Math.min(1, (2 * sum) / 2 ** count);
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

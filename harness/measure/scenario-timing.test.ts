/** The decision of the k6 scripts whether two kinds of request can be told apart by their time. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../scenarios/lib/random.ts';
import {
  type TimedPair,
  type TimingRule,
  confirmTiming,
  decideTiming,
} from '../../scenarios/lib/probes/timing-decision.ts';

const rule: TimingRule = {
  fewestPairs: 10,
  leastDifferenceMs: 4,
  leastShare: 0.5,
  mostSpreadMs: 100,
  sets: 8,
};
const pairsOf = (count: number, pair: (index: number) => TimedPair): TimedPair[] =>
  Array.from({ length: count }, (_, index) => pair(index));

const sight = (count: number, pair: (index: number) => TimedPair) => decideTiming(pairsOf(count, pair), rule);

describe('decideTiming', () => {
  it('suspects a regular and useful difference, whichever way it goes, and believes one of many pairs', () => {
    expect(sight(12, (i) => [10 + i / 10, 2])).toMatchObject({ kind: 'suspected', exceptions: 0 });
    expect(sight(12, (i) => [2, 10 + i / 10])).toMatchObject({ kind: 'suspected', exceptions: 0 });
    expect(sight(36, (i) => (i % 12 === 3 ? [1, 50] : [10, 2]))).toMatchObject({ kind: 'suspected', exceptions: 3 });
    expect(sight(48, (i) => (i % 12 === 3 ? [1, 50] : [10, 2]))).toMatchObject({ kind: 'apart', exceptions: 4 });
  });

  it('believes no more than the binomial distribution allows', () => {
    // Of 24 coins all the same way: 2 / 2 ** 24, more than 1e-7; of 25: less.
    expect(sight(24, () => [10, 2]).kind).toBe('suspected');
    expect(sight(25, () => [10, 2]).kind).toBe('apart');
    // Five or fewer of twelve, either way: 0.774; eleven or fewer of 24: 0.839.
    expect(sight(12, (i) => (i % 12 < 5 ? [2, 20] : [20, 2])).kind).toBe('suspected');
    expect(sight(24, (i) => (i % 24 < 11 ? [2, 20] : [20, 2])).kind).toBe('alike');
  });

  it('passes a difference that is regular but of no use', () => {
    expect(sight(48, () => [2.5, 2]).kind).toBe('alike');
    expect(sight(48, () => [104, 100]).kind).toBe('alike');
    // Three quarters of what is of use: more pairs may show more, and none are believed.
    expect(sight(48, () => [5, 2]).kind).toBe('suspected');
  });

  it('says nothing of few pairs, or of times that jump', () => {
    expect(sight(9, () => [10, 2]).kind).toBe('unclear');
    expect(sight(12, (i) => [(i % 8) * 100, 2]).kind).toBe('unclear');
  });
});

const random = seededRandom(1, 1);
const answerMs = (): number => 2 - 8 * Math.log(1 - random()) * (random() < 0.1 ? 5 : 1);

describe('confirmTiming', () => {
  it('takes sets until they say it together', () => {
    const sets = [5, 6, 7].map((apartMs) => pairsOf(12, () => [10 + apartMs, 4]));
    expect(confirmTiming(() => sets.shift() ?? [], rule)).toMatchObject({
      ...{ kind: 'apart', differenceMs: 12, exceptions: 0, pairs: 36 },
    });
    expect(sets).toEqual([]);
  });

  it('drops a suspicion that fresh sets do not share, or share the other way round', () => {
    const dropped = [pairsOf(12, () => [20, 2]), pairsOf(24, () => [2, 2])];
    expect(confirmTiming(() => dropped.shift() ?? [], rule).kind).toBe('alike');
    const turned = [pairsOf(12, () => [20, 2]), pairsOf(12, () => [2, 20])];
    expect(confirmTiming(() => turned.shift() ?? [], rule).kind).toBe('alike');
    const never = () => pairsOf(12, (i) => (i % 3 === 0 ? [2, 20] : [20, 2]));
    expect(confirmTiming(never, { ...rule, sets: 1 }).kind).toBe('alike');
  });

  it('passes nothing that is too regular for chance, and not regular enough to be believed', () => {
    const threeOfFour = () => pairsOf(12, (i) => (i % 4 === 0 ? [5, 25] : [25, 5]));
    expect(confirmTiming(threeOfFour, { ...rule, sets: 6 })).toMatchObject({
      ...{ kind: 'unclear', reason: expect.stringContaining('neither sure nor chance') as string },
    });
  });

  it('takes a set of which nothing can be said anew, and gives up after so many', () => {
    const jumping = () => pairsOf(12, (i) => [(i % 8) * 100, 2]);
    const once = [jumping(), pairsOf(12, () => [2, 2])];
    expect(confirmTiming(() => once.shift() ?? [], rule).kind).toBe('alike');
    let taken = 0;
    const take = () => {
      taken += 1;
      return jumping();
    };
    expect(confirmTiming(take, rule).kind).toBe('unclear');
    expect(taken).toBe(rule.sets);
  });

  it('raises no false alarm in 20,000 looks at answers that are alike, with the long tail of a loaded machine', () => {
    const take = (): TimedPair[] => pairsOf(12, () => [answerMs(), answerMs()]);
    const alarms = Array.from({ length: 20_000 }, () => confirmTiming(take, rule).kind).filter(
      (kind) => kind === 'apart',
    );
    expect(alarms).toEqual([]);
  });

  it('finds 20 ms in that tail, in 999 of 1,000 looks', () => {
    const take = (): TimedPair[] => pairsOf(12, () => [answerMs() + 20, answerMs()]);
    const kinds = Array.from({ length: 1_000 }, () => confirmTiming(take, { ...rule, leastShare: 0.25 }).kind);
    const found = kinds.filter((kind) => kind === 'apart');
    expect(found.length).toBeGreaterThanOrEqual(999);
  });
});

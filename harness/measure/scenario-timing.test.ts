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
  mostExceptions: 1,
  leastDifferenceMs: 4,
  leastShare: 0.5,
  mostSpreadMs: 100,
  sets: 3,
  attempts: 3,
};
const pairsOf = (count: number, pair: (index: number) => TimedPair): TimedPair[] =>
  Array.from({ length: count }, (_, index) => pair(index));

describe('decideTiming', () => {
  it('holds a regular and useful difference for one, whichever way it goes', () => {
    expect(
      decideTiming(
        pairsOf(12, (i) => [10 + i / 10, 2]),
        rule,
      ),
    ).toMatchObject({ kind: 'apart', exceptions: 0 });
    expect(
      decideTiming(
        pairsOf(12, (i) => [2, 10 + i / 10]),
        rule,
      ),
    ).toMatchObject({ kind: 'apart', exceptions: 0 });
    expect(
      decideTiming(
        pairsOf(12, (i) => (i === 3 ? [1, 50] : [10, 2])),
        rule,
      ),
    ).toMatchObject({ exceptions: 1 });
  });

  it('passes a difference that is regular but of no use, and one that is large but not regular', () => {
    expect(
      decideTiming(
        pairsOf(12, () => [2.5, 2]),
        rule,
      ).kind,
    ).toBe('alike');
    expect(
      decideTiming(
        pairsOf(12, () => [104, 100]),
        rule,
      ).kind,
    ).toBe('alike');
    expect(
      decideTiming(
        pairsOf(12, (i) => (i % 4 === 0 ? [2, 20] : [20, 2])),
        rule,
      ).kind,
    ).toBe('alike');
  });

  it('says nothing of few pairs, or of times that jump', () => {
    expect(
      decideTiming(
        pairsOf(9, () => [10, 2]),
        rule,
      ).kind,
    ).toBe('unclear');
    expect(
      decideTiming(
        pairsOf(12, (i) => [(i % 8) * 100, 2]),
        rule,
      ).kind,
    ).toBe('unclear');
  });
});

describe('confirmTiming', () => {
  it('believes a difference that every set shows the same way', () => {
    const sets = [5, 6, 7].map((apartMs) => pairsOf(12, () => [10 + apartMs, 4]));
    expect(confirmTiming(() => sets.shift() ?? [], rule)).toMatchObject({ kind: 'apart', differenceMs: 11 });
    expect(sets).toEqual([]);
  });

  it('drops a suspicion that a fresh set does not share, or shares the other way round', () => {
    const dropped = [pairsOf(12, () => [20, 2]), pairsOf(12, () => [2, 2])];
    expect(confirmTiming(() => dropped.shift() ?? [], rule).kind).toBe('alike');
    const turned = [pairsOf(12, () => [20, 2]), pairsOf(12, () => [2, 20])];
    expect(confirmTiming(() => turned.shift() ?? [], rule).kind).toBe('alike');
  });

  it('takes a set of which nothing can be said anew, and gives up after a few', () => {
    const jumping = () => pairsOf(12, (i) => [(i % 8) * 100, 2]);
    const once = [jumping(), pairsOf(12, () => [2, 2])];
    expect(confirmTiming(() => once.shift() ?? [], rule).kind).toBe('alike');
    let taken = 0;
    const take = () => {
      taken += 1;
      return jumping();
    };
    expect(confirmTiming(take, rule).kind).toBe('unclear');
    expect(taken).toBe(rule.attempts);
  });

  it('raises no false alarm in 20,000 looks at answers that are alike, with the long tail of a loaded machine', () => {
    const random = seededRandom(1, 1);
    const answerMs = (): number => 2 - 8 * Math.log(1 - random()) * (random() < 0.1 ? 5 : 1);
    const take = (): TimedPair[] => pairsOf(12, () => [answerMs(), answerMs()]);
    const alarms = Array.from({ length: 20_000 }, () => confirmTiming(take, rule).kind).filter(
      (kind) => kind === 'apart',
    );
    expect(alarms).toEqual([]);
  });
});

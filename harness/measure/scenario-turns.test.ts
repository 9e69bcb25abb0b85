/** The turns that tenants take in scenarios/compare.ts. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../scenarios/lib/random.ts';
import { evenRanks, turnTaker } from '../../scenarios/lib/take-turns.ts';

describe('evenRanks', () => {
  it('takes every tenant where there are enough sessions', () => {
    expect(evenRanks(seededRandom(1, 0), 5, 100)).toEqual([0, 1, 2, 3, 4]);
  });

  it('spreads fewer sessions evenly, and takes other tenants with another seed', () => {
    const [first, second] = [1, 2].map((seed) => evenRanks(seededRandom(seed, 0), 1_000, 100));
    expect(first).toHaveLength(100);
    expect(first?.every((rank, index) => Math.floor(rank / 10) === index)).toBe(true);
    expect(second).not.toEqual(first);
  });
});

describe('turnTaker', () => {
  const everyTurn = (seed: number, turns: number, count: number): number[] => {
    const takeTurn = turnTaker(seed);
    return Array.from({ length: turns }, (_, turn) => takeTurn(turn, count));
  };

  it('gives each place one turn a round, in another order each round', () => {
    const turns = everyTurn(7, 300, 100);
    const rounds = [0, 100, 200].map((from) => turns.slice(from, from + 100));
    for (const round of rounds) expect([...round].sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
    expect(rounds[1]).not.toEqual(rounds[0]);
  });

  it('is the same for every user, in whatever order they ask', () => {
    const expected = everyTurn(3, 40, 8);
    const asked = turnTaker(3);
    for (const turn of [39, 0, 17, 16, 8]) expect(asked(turn, 8)).toBe(expected[turn]);
  });

  it('lets what comes every twentieth time meet every place in the end', () => {
    const met = new Set(everyTurn(1, 100 * 60, 100).filter((_, turn) => turn % 20 === 19));
    expect(met.size).toBeGreaterThan(90);
  });
});

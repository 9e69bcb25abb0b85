/** Who comes when, where everybody is to come equally often: evenly spread ranks, and turns in shuffled rounds. */
import { type Random, seededRandom, shuffled } from './random.ts';

/** So many ranks of 0 … total − 1, evenly spread from a random beginning; all of them where there are no more. */
export function evenRanks(random: Random, total: number, wanted: number): number[] {
  const count = Math.min(total, wanted);
  const offset = random();
  return Array.from({ length: count }, (_, index) => Math.floor(((index + offset) * total) / count));
}

/**
 * Gives the place, from 0 to count − 1, whose turn the n-th is. In every round of `count` turns each place has one; the
 * order of a round is drawn anew, so that a place does not always meet what else comes at regular times. The same for
 * every virtual user of a seed; the round that was asked for last is kept.
 */
export function turnTaker(seed: number): (turn: number, count: number) => number {
  let kept: { round: number; order: number[] } | null = null;
  return (turn, count) => {
    const round = Math.floor(turn / count);
    if (kept?.round !== round || kept.order.length !== count) {
      const places = Array.from({ length: count }, (_, place) => place);
      kept = { round, order: shuffled(seededRandom(seed, ROUND_STREAMS + round), places) };
    }
    return kept.order[turn % count] ?? 0;
  };
}

/** Far from the streams that requests are drawn from. */
const ROUND_STREAMS = 2_000_000;

/**
 * When a growing comparison is looked at, and how much of its error each look may spend (alpha spending: Lan & DeMets 1983, Biometrika
 * 70:659). The spent parts add up to no more than the whole, so all looks together are wrong with no more than the stated error (Bonferroni),
 * however they hang together and for whatever reason the comparison is stopped; between two looks the last one counts.
 *
 * Looks are few, each at five thirds of the blocks of the one before: at ten blocks, 60 s of load, and at fifty, 5 min. A t e-process (right
 * Haar prior; Pérez-Ortiz, Lardy, de Heide & Grünwald 2024, Ann. Stat. 52:1410; Wang & Ramdas 2025, Sequential Analysis 44:56), which may be
 * looked at after every block, was tried against it: with a half-normal prior of scale 2 and an error of 0.3 % it wants a t statistic of 5.5
 * at ten blocks where this wants 4.1, and of 4.2 at fifty where this wants 2.9. It pays for looks in between at which five or six blocks
 * more could hardly have told anything new, and for a variance that it does not know; nothing is gained by being able to look at block 11.
 */
import { studentTQuantile } from './student-t.ts';

/** `early`: most of the error at ten blocks. `late`: at fifty, for what shows in one request of a hundred. */
export type Spending = 'early' | 'late';

const firstLooks = [6, 10, 18, 30, 50] as const;
/** What is left is spent by halves on further looks. */
const shares: Record<Spending, readonly number[]> = {
  early: [0.2, 0.4, 0.15, 0.1, 0.1],
  late: [0.03, 0.04, 0.06, 0.12, 0.7],
};
const growth = 5 / 3;

export interface Look {
  /** Blocks at which it takes place. */
  blocks: number;
  /** Its part of the error, 0 to 1. */
  share: number;
}

/** Every look at which there are so many blocks, in order. */
export function looksUpTo(blocks: number, spending: Spending): Look[] {
  const looks: Look[] = [];
  for (let look = firstOf(spending); look.blocks <= blocks; look = followingLook(look, looks.length, spending)) {
    looks.push(look);
  }
  return looks;
}

/** The first look with more blocks than these. */
export function nextLook(blocks: number, spending: Spending): Look {
  let look = firstOf(spending);
  for (let number = 1; look.blocks <= blocks; number += 1) look = followingLook(look, number, spending);
  return look;
}

/** The t statistic that a look wants, of an error that all looks share. */
export function wantedT({ blocks, share }: Look, error: number): number {
  const level = 1 - error * share;
  const key = `${blocks} ${level}`;
  const found = known.get(key) ?? studentTQuantile(level, blocks - 1);
  known.set(key, found);
  return found;
}

/** What wantedT found: it depends on nothing else, and every look asks for the same again. */
const known = new Map<string, number>();

function firstOf(spending: Spending): Look {
  return { blocks: firstLooks[0], share: shares[spending][0] ?? 0 };
}

/** `number`: of the look to come, counted from 0. */
function followingLook({ blocks, share }: Look, number: number, spending: Spending): Look {
  const planned = firstLooks[number];
  if (planned !== undefined) return { blocks: planned, share: shares[spending][number] ?? 0 };
  const left = 1 - shares[spending].reduce((total, one) => total + one, 0);
  const isFirst = number === firstLooks.length;
  return { blocks: Math.ceil(blocks * growth), share: isFirst ? left / 2 : share / 2 };
}

/** Seeded random draws, so that the same SEED makes the same requests: one generator per virtual user. */

/** A generator of numbers in [0, 1). */
export type Random = () => number;

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, enough to choose requests with. */
export function seededRandom(seed: number, stream: number): Random {
  // The multiplier is 2³² / golden ratio: neighbouring streams start far apart (Knuth, TAOCP vol. 3, §6.4).
  let state = (Math.imul(seed, 0x85ebca6b) ^ Math.imul(stream + 1, 0x9e3779b1)) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the items, each as likely. */
export function pickOne<T>(random: Random, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to choose from: the list is empty');
  return item;
}

/** The items in random order (Fisher and Yates). */
export function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}

/** A UUID (version 4) that no row has. */
export function randomUuid(random: Random): string {
  return 'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () => Math.floor(random() * 16).toString(16));
}

/** Running sums of weights, made once, drawn from often. */
export interface Weighted<T> {
  items: readonly T[];
  cumulative: readonly number[];
}

export function weighted<T>(items: readonly T[], weightOf: (item: T) => number): Weighted<T> {
  let sum = 0;
  return { items, cumulative: items.map((item) => (sum += weightOf(item))) };
}

/** An item with a probability proportional to its weight, by binary search. */
export function drawWeighted<T>(random: Random, table: Weighted<T>): T {
  const { items, cumulative } = table;
  const target = random() * (cumulative[cumulative.length - 1] ?? 0);
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) <= target) low = middle + 1;
    else high = middle;
  }
  const item = items[low];
  if (item === undefined) throw new Error('nothing to draw from: the table is empty');
  return item;
}

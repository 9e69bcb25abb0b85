/** Independent random streams, one per (seed, name, index): no draw depends on which worker makes it, or when. */
import { createHash } from 'node:crypto';
import { createXoshiro128 } from './xoshiro128.ts';

const TWO_TO_32 = 0x1_0000_0000;
/** Part of every stream's key: a change of the generated data that is meant to be incompatible raises it. */
const STREAM_VERSION = 'alphapulse-seed/1';
const HEX_4 = Array.from({ length: 0x1_0000 }, (_, value) => value.toString(16).padStart(4, '0'));

export interface Random {
  uint32(): number;
  /** Uniform in 0 … bound-1; bound up to 2^32. */
  below(bound: number): number;
  /** Uniform in min … max, both included. */
  between(min: number, max: number): number;
  /** True `percent` times in a hundred. */
  percent(percent: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** A UUID in version 4 layout (RFC 9562 §5.4). */
  uuid(): string;
  /** Lower-case hexadecimal text; `groups` of four digits. */
  hex(groups: number): string;
}

/** The stream of a name and an index. Its 128-bit state is taken from SHA-256, which keeps streams independent. */
export function createRandom(seed: string, stream: string, index = 0): Random {
  const key = createHash('sha256')
    .update(JSON.stringify([STREAM_VERSION, seed, stream, index]))
    .digest();
  const uint32 = createXoshiro128([
    key.readUInt32LE(0),
    key.readUInt32LE(4),
    key.readUInt32LE(8),
    key.readUInt32LE(12),
  ]);

  /** Rejects the incomplete last interval, so that every value is equally likely. */
  const below = (bound: number): number => {
    const limit = TWO_TO_32 - (TWO_TO_32 % bound);
    for (;;) {
      const drawn = uint32();
      if (drawn < limit) return drawn % bound;
    }
  };
  return {
    uint32,
    below,
    between: (min, max) => min + below(max - min + 1),
    percent: (percent) => below(100) < percent,
    pick: <T>(items: readonly T[]): T => {
      if (items.length === 0) throw new RangeError('cannot pick from an empty list');
      return items[below(items.length)] as T;
    },
    uuid: () => formatUuid(uint32(), uint32(), uint32(), uint32()),
    hex: (groups) => {
      let text = '';
      for (let group = 0; group < groups; group += 1) text += HEX_4[uint32() >>> 16] ?? '';
      return text;
    },
  };
}

/** Fisher–Yates on a copy. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1);
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}

function formatUuid(a: number, b: number, c: number, d: number): string {
  const hex = (value: number): string => HEX_4[value] as string;
  const version = hex((b & 0x0fff) | 0x4000);
  const variant = hex(((c >>> 16) & 0x3fff) | 0x8000);
  const first = `${hex(a >>> 16)}${hex(a & 0xffff)}-${hex(b >>> 16)}`;
  return `${first}-${version}-${variant}-${hex(c & 0xffff)}${hex(d >>> 16)}${hex(d & 0xffff)}`;
}

/** Reference vectors of the generator, and what the data relies on: independent streams, fair bounds, UUID layout. */
import { describe, expect, it } from 'vitest';
import { createRandom, shuffled } from './random.ts';
import { createXoshiro128 } from './xoshiro128.ts';

describe('xoshiro128**', () => {
  it('gives the numbers of the authors’ C program for the state 1, 2, 3, 4', () => {
    const next = createXoshiro128([1, 2, 3, 4]);
    expect(Array.from({ length: 10 }, next)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('agrees with a slow version in unbounded integers', () => {
    const mask = 0xffff_ffffn;
    const rotate = (value: bigint, by: bigint) => ((value << by) | (value >> (32n - by))) & mask;
    const state: [bigint, bigint, bigint, bigint] = [0xdead_beefn, 0x1234_5678n, 0xffff_ffffn, 0x8000_0001n];
    const slow = () => {
      const result = (rotate((state[1] * 5n) & mask, 7n) * 9n) & mask;
      const shifted = (state[1] << 9n) & mask;
      state[2] ^= state[0];
      state[3] ^= state[1];
      state[1] ^= state[2];
      state[0] ^= state[3];
      state[2] ^= shifted;
      state[3] = rotate(state[3], 11n);
      return Number(result);
    };
    const fast = createXoshiro128([0xdead_beef, 0x1234_5678, 0xffff_ffff, 0x8000_0001]);
    for (let step = 0; step < 2000; step += 1) expect(fast()).toBe(slow());
  });

  it('refuses the state that it could never leave', () => {
    expect(() => createXoshiro128([0, 0, 0, 0])).toThrow(/all-zero/);
  });
});

describe('streams', () => {
  const firstOf = (seed: string, stream: string, index?: number) => createRandom(seed, stream, index).uint32();

  it('repeats for the same key and differs for every other', () => {
    expect(firstOf('42', 'tenant', 7)).toBe(firstOf('42', 'tenant', 7));
    const keys = [
      firstOf('42', 'tenant', 7),
      firstOf('42', 'tenant', 8),
      firstOf('42', 'size', 7),
      firstOf('43', 'tenant', 7),
    ];
    expect(new Set(keys).size).toBe(4);
  });

  it('has fixed values, so that a change of the key derivation cannot go unseen', () => {
    const random = createRandom('42', 'tenant', 0);
    expect([random.uint32(), random.below(10), random.uuid(), random.hex(3)]).toMatchInlineSnapshot(`
      [
        3717543768,
        5,
        "1a6f82d9-8861-45f3-a95f-423fb2d07d35",
        "b06ffe2abd11",
      ]
    `);
  });

  it('draws fairly within a bound that does not divide 2^32', () => {
    const random = createRandom('fair', 'test');
    const counts = new Array<number>(6).fill(0);
    for (let draw = 0; draw < 60_000; draw += 1) {
      const value = random.below(6);
      counts[value] = (counts[value] ?? 0) + 1;
    }
    // Six cells of 10,000: five standard deviations are 456.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(456);
  });

  it('makes UUIDs in version 4 layout', () => {
    const random = createRandom('uuid', 'test');
    for (let draw = 0; draw < 200; draw += 1) {
      expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('shuffles without losing anything', () => {
    const items = Array.from({ length: 100 }, (_, index) => index);
    const result = shuffled(items, createRandom('shuffle', 'test'));
    expect(result).not.toEqual(items);
    expect(result.toSorted((a, b) => a - b)).toEqual(items);
  });
});

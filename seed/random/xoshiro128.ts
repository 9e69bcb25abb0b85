/** The xoshiro128** 1.1 generator of Blackman and Vigna (https://prng.di.unimi.it/): 32 bits a step, integers only. */

export type Xoshiro128State = readonly [number, number, number, number];

/** A function that returns the next unsigned 32-bit number. The state must not be all zero: it would stay there. */
export function createXoshiro128(state: Xoshiro128State): () => number {
  if (state.every((word) => word === 0)) throw new RangeError('xoshiro128** cannot start from an all-zero state');
  let [s0, s1, s2, s3] = state;
  return () => {
    const scaled = Math.imul(s1, 5);
    const result = Math.imul((scaled << 7) | (scaled >>> 25), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = (s3 << 11) | (s3 >>> 21);
    return result;
  };
}

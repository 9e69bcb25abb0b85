/** Log ratios of pairs. */
import { expect, it } from 'vitest';
import { logRatios } from './log-ratios.ts';

it('gives ln(b/a) pair by pair, opposite when the arms are swapped', () => {
  const a = Float64Array.of(10, 20, 30);
  const b = Float64Array.of(12.5, 20, 15);
  const forward = [...logRatios({ a, b })];
  expect(Math.exp(forward[0] as number)).toBeCloseTo(1.25, 12);
  expect(forward[1]).toBe(0);
  expect([...logRatios({ a: b, b: a })]).toEqual(
    forward.map((ratio) => (ratio === 0 ? 0 : (expect.closeTo(-ratio, 12) as number))),
  );
});

it('refuses columns of different length', () => {
  expect(() => logRatios({ a: Float64Array.of(1), b: new Float64Array() })).toThrow(RangeError);
});

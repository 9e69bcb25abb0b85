/** Quantiles of Student's t against the printed table. */
import { expect, it } from 'vitest';
import { studentTQuantile } from './student-t.ts';

it.each([
  [0.95, 1, 6.314],
  [0.95, 5, 2.015],
  [0.975, 10, 2.228],
  [0.99, 30, 2.457],
  [0.9, 2, 1.886],
  [0.999, 4, 7.173],
  [0.95, 1_000_000, 1.6449],
])('level %d with %d degrees of freedom is %d', (level, degreesOfFreedom, printed) => {
  expect(studentTQuantile(level, degreesOfFreedom)).toBeCloseTo(printed, 3);
});

it('starts at zero and refuses levels outside [0.5, 1)', () => {
  expect(studentTQuantile(0.5, 3)).toBe(0);
  expect(() => studentTQuantile(1, 3)).toThrow(RangeError);
  expect(() => studentTQuantile(0.4, 3)).toThrow(RangeError);
});

import { expect, it } from 'vitest';
import { Counter } from './counter.ts';

it('tells what it grew by since the first reading, across a start from nothing', () => {
  const counter = new Counter();
  expect(counter.grown).toBe(0);
  for (const reading of [100, 130, 130, 5, 25]) counter.add(reading);
  expect(counter.grown).toBe(55);
});

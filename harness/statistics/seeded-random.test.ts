/** The seeded generator: the same numbers for the same seed, evenly spread. */
import { expect, it } from 'vitest';
import { seededRandom } from './seeded-random.ts';

it('repeats itself for a seed and differs between seeds', () => {
  const draw = (seed: number) => Array.from({ length: 5 }, seededRandom(seed));
  expect(draw(1)).toEqual(draw(1));
  expect(draw(1)).not.toEqual(draw(2));
});

it('is even: 16 cells of 64,000 draws pass a chi-squared test at 0.1 %', () => {
  for (const seed of [0, 1, 20_261_122]) {
    const random = seededRandom(seed);
    const cells = new Array<number>(16).fill(0);
    for (let draw = 0; draw < 64_000; draw += 1) {
      const cell = Math.floor(random() * 16);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    // 37.7 is the 99.9 % quantile of chi-squared with 15 degrees of freedom.
    expect(cells.reduce((total, count) => total + (count - 4000) ** 2 / 4000, 0)).toBeLessThan(37.7);
  }
});

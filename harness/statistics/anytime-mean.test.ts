/** Anytime-valid bounds of a mean: wrong as seldom as stated when looked at after every block, whatever the tails; never of nothing. */
import { describe, expect, it } from 'vitest';
import { anytimeMean } from './anytime-mean.ts';
import { furtherBlocks } from './further-blocks.ts';
import { seededRandom } from './seeded-random.ts';
import { studentTQuantile } from './student-t.ts';
import { normalNumbers } from './testing/normal-numbers.ts';

const error = 0.05;
const ask = { lowerError: error, upperError: error, resolution: 1e-9, spending: 'early' as const };

/** Share of simulated comparisons of mean 0 in which the lower bound is above 0 at any look of sixty blocks. */
function falseAlarms(draw: (random: () => number) => number): number {
  const random = seededRandom(7);
  const runs = 1500;
  let alarms = 0;
  for (let run = 0; run < runs; run += 1) {
    const values = Array.from({ length: 60 }, () => draw(random));
    // Bounds of later blocks contain those of all earlier looks.
    if ((anytimeMean({ ...ask, values }).lower ?? -1) > 0) alarms += 1;
  }
  return alarms / runs;
}

describe('anytimeMean', () => {
  const cases: [string, (random: () => number) => number][] = [
    ['normal', (random) => normalNumbers(random)()],
    ['of heavy tails', (random) => (random() < 0.5 ? 1 : -1) * (random() ** -0.5 - 1)],
    ['mostly 0 with rare bursts', (random) => (random() < 0.1 ? 10 * (random() - 0.5) : 0.01 * (random() - 0.5))],
    ['counts of a few', (random) => Math.floor(3 * random()) - Math.floor(3 * random())],
  ];

  it.each(cases)('is wrong as seldom as stated under continuous looking, blocks %s', (_, draw) => {
    // Three standard errors of 1,500 runs above what is stated.
    expect(falseAlarms(draw)).toBeLessThan(error + 3 * Math.sqrt((error * (1 - error)) / 1500));
  });

  it('is Student’s interval at the first look, with its part of the error', () => {
    const values = [1, 2, 3, 4, 5, 6];
    const half = (studentTQuantile(1 - error * 0.2, 5) * Math.sqrt(3.5)) / Math.sqrt(6);
    const { mean, lower, upper } = anytimeMean({ ...ask, values });
    expect([mean, lower, upper]).toEqual([3.5, expect.closeTo(3.5 - half, 12), expect.closeTo(3.5 + half, 12)]);
  });

  it('never widens: a look that was taken stays taken', () => {
    const quiet = Array.from({ length: 10 }, (_, index) => 1 + 0.01 * (index % 2));
    const seen = anytimeMean({ ...ask, values: quiet });
    const later = anytimeMean({
      ...ask,
      values: [...quiet, ...Array.from({ length: 8 }, (_, index) => 5 * (index % 2))],
    });
    expect(later.lower).toBe(seen.lower);
    expect(later.upper).toBe(seen.upper);
  });

  it('bounds equal values by their resolution, and fewer than six by nothing', () => {
    const equal = anytimeMean({ ...ask, values: Array(6).fill(2) as number[], resolution: 0.001 });
    expect(equal.upper).toBeGreaterThan(2);
    expect(equal.upper).toBeLessThan(2.01);
    expect(anytimeMean({ ...ask, values: [2, 2, 2, 2, 2] })).toMatchObject({ mean: 2, lower: null, upper: null });
    expect(anytimeMean({ ...ask, values: [2] }).deviation).toBeNull();
    expect(() => anytimeMean({ ...ask, values: [] })).toThrow(RangeError);
  });
});

describe('furtherBlocks', () => {
  const gate = { limit: 0, margin: 0.05, lowerError: 0.003, upperError: 0.003, spending: 'early' as const };

  it('names the look that would decide', () => {
    expect(furtherBlocks({ ...gate, seen: { mean: 0.05, deviation: 0.02 }, blocks: 6 })).toBe(4);
    expect(furtherBlocks({ ...gate, seen: { mean: 0, deviation: 0.06 }, blocks: 12 })).toBeGreaterThan(6);
  });

  it('says so where no number would do', () => {
    expect(furtherBlocks({ ...gate, limit: 0.05, seen: { mean: 0.05, deviation: 0.02 }, blocks: 6 })).toBeNull();
    expect(furtherBlocks({ ...gate, seen: { mean: 0, deviation: null }, blocks: 1 })).toBeNull();
  });
});

/** Change points against the definition written out, a published series, and the stated rate of false alarms. */
import { describe, expect, it } from 'vitest';
import { changePoints } from './change-points.ts';
import { clopperPearson } from './clopper-pearson.ts';
import { energySplit } from './energy-split.ts';
import { seededRandom } from './seeded-random.ts';
import { normalNumbers } from './testing/normal-numbers.ts';

/** The definition, pair by pair. */
function slowEnergySplit(series: readonly number[], minimumLength: number) {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const pairs = (values: readonly number[]) =>
    values.flatMap((one, index) => values.slice(index + 1).map((other) => Math.abs(one - other)));
  const cuts = series
    .map((_, index) => index)
    .filter((at) => at >= minimumLength && series.length - at >= minimumLength);
  const all = cuts.map((index) => {
    const [left, right] = [series.slice(0, index), series.slice(index)];
    const between = left.flatMap((one) => right.map((other) => Math.abs(one - other)));
    const energy = 2 * mean(between) - mean(pairs(left)) - mean(pairs(right));
    return { index, statistic: ((left.length * right.length) / series.length) * energy };
  });
  return all.reduce((best, split) => (split.statistic > best.statistic ? split : best));
}

const options = { significance: 0.01, permutations: 999, minimumLength: 3, seed: 1 };
const indices = (series: readonly number[]) => changePoints(series, options).map(({ index }) => index);

/** Annual flow of the Nile at Aswan, 1871 to 1970, 10⁸ m³: Cobb (1978), Biometrika 65:243, who puts the change between 1898 and 1899. */
const nile = [
  1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100,
  1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456,
  824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865, 845, 944, 984, 897,
  822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975,
  815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
];

describe('energySplit', () => {
  it('agrees with the definition on series of many lengths', () => {
    const random = seededRandom(5);
    for (const length of [4, 5, 9, 24]) {
      for (const minimumLength of [2, 3].filter((least) => 2 * least <= length)) {
        const series = Array.from({ length }, (_, index) => random() + (index > length / 2 ? 0.4 : 0));
        const fast = energySplit(series, minimumLength);
        const slow = slowEnergySplit(series, minimumLength);
        expect(fast?.index).toBe(slow.index);
        expect(fast?.statistic).toBeCloseTo(slow.statistic, 10);
      }
    }
  });

  it('cuts nothing that is too short', () => {
    expect(energySplit([1, 2, 3], 2)).toBeNull();
    expect(energySplit([], 2)).toBeNull();
    expect(() => energySplit([1, 2], 1)).toThrow(RangeError);
  });
});

describe('changePoints', () => {
  it('finds the change of the Nile between 1898 and 1899, and no other', () => {
    expect(nile).toHaveLength(100);
    expect(nile.reduce((sum, flow) => sum + flow, 0)).toBe(91_935);
    expect(indices(nile).map((index) => 1871 + index)).toEqual([1899]);
  });

  it('finds nothing in a constant, an empty and a short series', () => {
    expect(indices(new Array<number>(50).fill(7))).toEqual([]);
    expect(indices([])).toEqual([]);
    expect(indices([1, 1, 1, 9, 9, 9])).toEqual([]);
  });

  it('finds two changes, there and back, and is the same for the same seed', () => {
    const normal = normalNumbers(seededRandom(3));
    const series = Array.from({ length: 60 }, (_, index) => (index >= 20 && index < 40 ? 105 : 100) + normal());
    expect(indices(series)).toEqual([20, 40]);
    expect(changePoints(series, options)).toEqual(changePoints(series, options));
  });

  it('raises a false alarm on noise no more often than stated', () => {
    const series = 1000;
    const normal = normalNumbers(seededRandom(17));
    const alarms = Array.from({ length: series }, (_, seed) => {
      const noise = Array.from({ length: 20 }, normal);
      return changePoints(noise, { significance: 0.05, permutations: 99, minimumLength: 3, seed }).length > 0;
    }).filter(Boolean).length;
    // The rate is 5 % exactly; what 1,000 series show of it must be within what chance allows.
    const [lower, upper] = clopperPearson({ successes: alarms, trials: series, confidence: 0.99 });
    expect(lower).toBeLessThanOrEqual(0.05);
    expect(upper).toBeLessThan(0.075);
  });
});

/** Intervals over few blocks: against a worked example, and which of t, bootstrap and sign bound covers as it says. */
import { describe, expect, it } from 'vitest';
import { blockMeanInterval } from './block-mean-interval.ts';
import { blocksToDecide } from './blocks-to-decide.ts';
import { bootstrapOverBlocks } from './bootstrap-over-blocks.ts';
import { quantileInterval } from './quantile-interval.ts';
import { seededRandom } from './seeded-random.ts';
import { normalNumbers } from './testing/normal-numbers.ts';

describe('blockMeanInterval', () => {
  it('gives mean ± t·s/√n', () => {
    const { mean, deviation, interval } = blockMeanInterval([1, 2, 3, 4, 5, 6], 0.95);
    expect(mean).toBe(3.5);
    expect(deviation).toBeCloseTo(1.8708, 4);
    expect(interval[0]).toBeCloseTo(3.5 - (2.015 * 1.8708) / Math.sqrt(6), 3);
    expect(interval[1]).toBeCloseTo(3.5 + (2.015 * 1.8708) / Math.sqrt(6), 3);
  });

  it('bounds nothing with one block and refuses none', () => {
    expect(blockMeanInterval([2], 0.95)).toEqual({ mean: 2, deviation: 0, interval: [null, null] });
    expect(() => blockMeanInterval([], 0.95)).toThrow(RangeError);
  });
});

describe('three intervals over six blocks, simulated', () => {
  const runs = 1500;
  const blocks = 6;
  /** Share of runs whose upper bound lies at or above the true middle, 0; and the mean width above the mean. */
  function cover(draw: (random: () => number) => number, seed: number) {
    const random = seededRandom(seed);
    const covered = { t: 0, bootstrap: 0, sign: 0 };
    const width = { t: 0, sign: 0 };
    for (let run = 0; run < runs; run += 1) {
      const values = Array.from({ length: blocks }, () => draw(random));
      const { mean, interval } = blockMeanInterval(values, 0.95);
      const t = interval[1] as number;
      const bootstrap = bootstrapOverBlocks({ blocks: values, confidence: 0.95, resamples: 200, seed: run })[1];
      const sorted = Float64Array.from(values).sort();
      const sign = quantileInterval({ sorted, effectiveSamples: blocks, level: 0.5, confidence: 0.95 })[1] as number;
      covered.t += t >= 0 ? 1 / runs : 0;
      covered.bootstrap += (bootstrap as number) >= 0 ? 1 / runs : 0;
      covered.sign += sign >= 0 ? 1 / runs : 0;
      width.t += (t - mean) / runs;
      width.sign += (sign - mean) / runs;
    }
    return { covered, width };
  }
  const normal = (random: () => number) => normalNumbers(random)();
  /** One block in five is disturbed and five times as wide: a noisy neighbour. */
  const disturbed = (random: () => number) => normal(random) * (random() < 0.2 ? 5 : 1);

  it('t covers as stated on normal blocks, the bootstrap does not, the sign bound is wider than it need be', () => {
    const { covered, width } = cover(normal, 11);
    expect(covered.t).toBeGreaterThan(0.935);
    expect(covered.t).toBeLessThan(0.965);
    expect(covered.bootstrap).toBeLessThan(0.925);
    expect(covered.sign).toBeGreaterThan(0.97);
    expect(width.sign).toBeGreaterThan(width.t * 1.4);
  });

  it('t still covers when some blocks are disturbed', () => {
    const { covered } = cover(disturbed, 12);
    expect(covered.t).toBeGreaterThanOrEqual(0.93);
  });
});

describe('bootstrapOverBlocks', () => {
  it('is the same for the same seed, lies around the mean, and bounds nothing with one block', () => {
    const question = { blocks: [0.1, 0.2, 0.15, 0.12, 0.18, 0.11], confidence: 0.95, resamples: 1000, seed: 5 };
    const [lower, upper] = bootstrapOverBlocks(question);
    expect(bootstrapOverBlocks(question)).toEqual([lower, upper]);
    expect(lower).toBeLessThan(0.1433);
    expect(upper).toBeGreaterThan(0.1434);
    expect(bootstrapOverBlocks({ ...question, blocks: [1] })).toEqual([null, null]);
  });
});

describe('blocksToDecide', () => {
  const question = { mean: 0.2, limit: 0.22, deviation: 0.03, blocks: 6, confidence: 0.95 };

  it('names the number of blocks at which half the interval is shorter than the distance', () => {
    // t(0.95, 7)·0.03/√8 = 0.0201 and t(0.95, 8)·0.03/√9 = 0.0186: nine blocks.
    expect(blocksToDecide(question)).toBe(3);
  });

  it('needs none where it is decided, and none helps on the limit itself', () => {
    expect(blocksToDecide({ ...question, deviation: 0.001 })).toBe(0);
    expect(blocksToDecide({ ...question, mean: 0.22 })).toBeNull();
  });
});

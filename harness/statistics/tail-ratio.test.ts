/** The ratio of a percentile: against the slow obvious way, with a planted effect, and with bursts that hit one arm by chance. */
import { describe, expect, it } from 'vitest';
import { percentile } from './percentile.ts';
import { seededRandom } from './seeded-random.ts';
import { type PairedLatencies, tailDifferences } from './tail-differences.ts';
import { tailRatio, testTail } from './tail-ratio.ts';

/** Pareto tails of index 3, and now and then a block in which one arm, by lot, stalls for a while. */
function drawBlocks(count: number, { factor = 1, seed = 1, stalls = 0 } = {}): PairedLatencies[] {
  const random = seededRandom(seed);
  const draw = () => 3 * (1 - random()) ** (-1 / 3);
  return Array.from({ length: count }, () => {
    const stalled = random() < stalls ? (random() < 0.5 ? 'baseMs' : 'candidateMs') : null;
    const arm = (name: keyof PairedLatencies, scale: number) =>
      Float64Array.from({ length: 300 }, (_, index) => scale * draw() + (stalled === name && index < 15 ? 60 : 0));
    return { baseMs: arm('baseMs', 1), candidateMs: arm('candidateMs', factor) };
  });
}

const errors = { lowerError: 0.05, upperError: 0.05 };

describe('tailDifferences', () => {
  it('counts what is over the percentile of both arms in a typical block, as the slow way does', () => {
    const blocks = drawBlocks(5, { factor: 1.3 });
    const ratio = 1.1;
    const percentiles = blocks.map(({ baseMs, candidateMs }) => {
      const pooled = [...baseMs, ...candidateMs.map((ms) => ms / ratio)].sort((a, b) => a - b);
      return pooled[Math.ceil(0.99 * pooled.length) - 1] ?? 0;
    });
    const threshold = percentiles.sort((a, b) => a - b)[2] ?? 0;
    const over = (values: Float64Array) => values.filter((value) => value > threshold).length;
    const counts = blocks.map(({ baseMs, candidateMs }) => [over(baseMs), over(candidateMs.map((ms) => ms / ratio))]);
    const [, , typical = 0] = counts.map(([base = 0, candidate = 0]) => base + candidate).sort((a, b) => a - b);
    const wanted = counts.map(([base = 0, candidate = 0]) => {
      const weight = Math.min(1, (2 * typical) / Math.max(1, base + candidate));
      return ((candidate - base) * weight) / 300;
    });
    expect(tailDifferences({ blocks, level: 0.99, ratio })).toEqual(wanted);
  });

  it('asks about the same latency, whether or not the machine stood still in one block, or a block is empty', () => {
    const blocks = drawBlocks(8, { factor: 1.3 });
    const stood = { baseMs: new Float64Array(300).fill(250), candidateMs: new Float64Array(300).fill(250) };
    const calm = tailDifferences({ blocks: [...blocks, blocks[0] ?? stood], level: 0.99, ratio: 1 });
    const stalled = tailDifferences({ blocks: [...blocks, stood], level: 0.99, ratio: 1 });
    const total = (values: number[]) => values.slice(0, 8).reduce((sum, value) => sum + value, 0);
    expect(stalled[8]).toBe(0);
    expect(total(stalled)).toBeGreaterThan(0.5 * total(calm));
    const nothing = { baseMs: new Float64Array(0), candidateMs: new Float64Array(0) };
    expect(tailDifferences({ blocks: [...blocks, nothing], level: 0.99, ratio: 1 })).toEqual([
      ...tailDifferences({ blocks, level: 0.99, ratio: 1 }),
      0,
    ]);
  });

  it('takes a block in which the machine stood still for one that is as slow as two', () => {
    const blocks = drawBlocks(8, { factor: 1 });
    const stood = { baseMs: new Float64Array(300).fill(1), candidateMs: new Float64Array(300).fill(250) };
    const [most = 0, ...others] = tailDifferences({ blocks: [...blocks, stood], level: 0.99, ratio: 1 })
      .map(Math.abs)
      .sort((a, b) => b - a);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(4 * Math.max(...others));
  });

  it('is of opposite sign with the arms exchanged', () => {
    const blocks = drawBlocks(6);
    const exchanged = blocks.map(({ baseMs, candidateMs }) => ({ baseMs: candidateMs, candidateMs: baseMs }));
    const differences = tailDifferences({ blocks, level: 0.95, ratio: 1 });
    expect(tailDifferences({ blocks: exchanged, level: 0.95, ratio: 1 })).toEqual(
      differences.map((value) => 0 - value),
    );
  });
});

describe('tailRatio', () => {
  it('finds a planted effect, near the ratio of the percentiles', () => {
    const blocks = drawBlocks(50, { factor: 1.5 });
    const merged = (arm: keyof PairedLatencies) => Float64Array.from(blocks.flatMap((block) => [...block[arm]]));
    const ratio = (percentile(merged('candidateMs'), 0.99) ?? 0) / (percentile(merged('baseMs'), 0.99) ?? 1);
    const seen = tailRatio({ blocks, level: 0.99, ...errors });
    expect(seen.ratio / ratio).toBeGreaterThan(0.95);
    expect(seen.ratio / ratio).toBeLessThan(1.05);
    expect(seen.lower).toBeGreaterThan(1.2);
    expect(seen.upper).toBeLessThan(1.9);
  });

  it('is as seldom wrong as stated where stalls hit one arm by lot', () => {
    let wrong = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const { lower } = tailRatio({ blocks: drawBlocks(18, { seed, stalls: 0.3 }), level: 0.99, ...errors });
      if (lower !== null && lower > 1) wrong += 1;
    }
    // At most 5 % of 60, and three standard errors.
    expect(wrong).toBeLessThanOrEqual(8);
  });

  it('bounds nothing before the first look', () => {
    expect(tailRatio({ blocks: drawBlocks(5), level: 0.99, ...errors })).toMatchObject({ lower: null, upper: null });
  });

  it.each([
    [0.08, 100],
    [0.15, 100],
    [0.08, 100_000],
  ])('finds a share of %d that is %d ms slower, however many times that is', (share, slowerMs) => {
    const random = seededRandom(9);
    const blocks = drawBlocks(18).map(({ baseMs, candidateMs }) => ({
      baseMs,
      candidateMs: candidateMs.map((ms) => ms + (random() < share ? slowerMs : 0)),
    }));
    const { ratio, lower } = tailRatio({ blocks, level: 0.99, ...errors });
    expect(ratio).toBeGreaterThan(5);
    expect(lower).toBeGreaterThan(5);
    expect(testTail({ blocks, level: 0.99, ...errors, limit: 1, margin: 1.2 })).toBe('broken');
  });

  it('holds for a candidate that is a hundred times as quick', () => {
    const blocks = drawBlocks(10, { factor: 0.01 });
    expect(tailRatio({ blocks, level: 0.99, ...errors }).upper).toBeLessThan(0.1);
    expect(testTail({ blocks, level: 0.99, ...errors, limit: 1, margin: 1.2 })).toBe('holds');
  });

  it('decides as its bounds do', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const blocks = drawBlocks(18, { seed, factor: 1 + (seed % 5) / 10 });
      const { lower, upper } = tailRatio({ blocks, level: 0.99, ...errors });
      const outcome = testTail({ blocks, level: 0.99, ...errors, limit: 1, margin: 1.3 });
      const wanted = (lower ?? 0) > 1 ? 'broken' : (upper ?? Infinity) < 1.3 ? 'holds' : 'inconclusive';
      expect(outcome, `seed ${seed}: ${lower} to ${upper}`).toBe(wanted);
    }
  });
});

/** The number of further samples: it must decide when they come, and one fewer must not. */
import { describe, expect, it } from 'vitest';
import { quantileRanks } from './quantile-ranks.ts';
import { samplesToDecide } from './samples-to-decide.ts';

const question = { level: 0.99, confidence: 0.95, minimumEffectiveSamples: 299 };

describe('samplesToDecide', () => {
  it('asks for 299 samples where none exceeds the limit', () => {
    expect(samplesToDecide({ ...question, samples: 100, belowLimit: 100, effectiveSamples: 100 })).toBe(199);
    expect(samplesToDecide({ ...question, samples: 1000, belowLimit: 1000, effectiveSamples: 100 })).toBe(1990);
  });

  it('names a number at which the bound crosses the limit, and the one before does not', () => {
    const samples = 2000;
    const more = samplesToDecide({ ...question, samples, belowLimit: 1985, effectiveSamples: samples }) as number;
    const upperAt = (total: number) =>
      quantileRanks({ samples: total, effectiveSamples: total, level: 0.99, confidence: 0.95 }).upper as number;
    const total = samples + more;
    expect(upperAt(total)).toBeLessThanOrEqual(Math.ceil(0.9925 * total));
    expect(upperAt(total - 200)).toBeGreaterThan(0.9925 * (total - 200));
  });

  it.each([0.5, 0.95, 0.999])('agrees with trying one number after the other, for the quantile %d', (level) => {
    const start = { ...question, level, minimumEffectiveSamples: 1, samples: 40, effectiveSamples: 20 };
    const shareBelow = level + (1 - level) * 0.6;
    const more = samplesToDecide({ ...start, belowLimit: 40 * shareBelow }) as number;
    const decidesAt = (samples: number) =>
      samplesToDecide({ ...start, samples, effectiveSamples: samples / 2, belowLimit: samples * shareBelow }) === 0;
    let slow = 0;
    while (!decidesAt(40 + slow)) slow += 1;
    expect(more).toBe(slow);
  });

  it('decides the other way where too many exceed', () => {
    const more = samplesToDecide({ ...question, samples: 1000, belowLimit: 985, effectiveSamples: 500 }) as number;
    expect(more).toBeGreaterThan(0);
    expect(
      samplesToDecide({
        ...question,
        samples: 1000 + more,
        belowLimit: 0.985 * (1000 + more),
        effectiveSamples: (1000 + more) / 2,
      }),
    ).toBe(0);
  });

  it('needs none where it is decided, and none helps on the limit itself or without samples', () => {
    expect(samplesToDecide({ ...question, samples: 5000, belowLimit: 5000, effectiveSamples: 5000 })).toBe(0);
    expect(samplesToDecide({ ...question, samples: 1000, belowLimit: 990, effectiveSamples: 1000 })).toBeNull();
    expect(samplesToDecide({ ...question, samples: 0, belowLimit: 0, effectiveSamples: 0 })).toBeNull();
  });
});

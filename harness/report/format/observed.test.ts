import { describe, expect, it } from 'vitest';
import type { Quantity } from '../../model/quantity.ts';
import { buildComparisonResult } from '../testing/build-comparison-result.ts';
import { buildPassingResult } from '../testing/build-result.ts';
import { formatFindingLimit, formatLimitPhrase } from './limit.ts';
import { formatDifference, formatObservedLine } from './observed.ts';

const change: Quantity = {
  ...{ value: 0.999_98, unit: 'ratio', direction: 'lower-is-better', samples: 812, confidence: 0.99 },
  interval: [0.976, 1.02],
};

const plain = (text: string | null) => text?.replaceAll(/[\u202f\u00a0]/g, ' ') ?? null;

describe('what was observed', () => {
  it('is a change in per cent where two builds were compared, else the figure itself', () => {
    expect(plain(formatObservedLine(change, { margin: 1.05 }))).toBe('0.0 % [−2.4, +2.0] %, n = 812');
    expect(plain(formatObservedLine(change, {}))).toBe('1.000 × [0.976, 1.020], n = 812');
  });

  it('has no interval where nothing is bounded', () => {
    expect(formatDifference({ ...change, interval: [null, null] }).interval).toBeNull();
  });
});

describe('the limit of a claim about two builds', () => {
  it('is both bounds, because what holds may lie over the first', () => {
    const [first] = buildComparisonResult().findings;
    if (first === undefined) throw new Error('the fixture has no finding');
    const finding = { ...first, limit: 1.005, margin: 1.05 };
    expect(plain(formatFindingLimit(finding))).toBe('broken over +0.5 %, holds up to +5 %');
    expect(plain(formatLimitPhrase(finding))).toBe('broken over +0.5 %, holds up to +5 %');
    const cost = buildPassingResult().findings.find(({ id }) => id === 'RLS-COST');
    expect(plain(cost === undefined ? null : formatLimitPhrase(cost))).toBe('limit ≤ 1.25 ×');
  });
});

import { describe, expect, it } from 'vitest';
import { formatCount, formatExact, formatNumber, formatPlural, formatShare } from './number.ts';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [0.01234, '0.0123'],
    [6.2, '6.20'],
    [38.44, '38.4'],
    [142.4, '142'],
    [1234.5, '1,235'],
    [-4.4, '−4.40'],
    [null, '–'],
    [Number.NaN, '–'],
    [Infinity, '–'],
  ])('%s → %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('the other forms', () => {
  it('write limits exactly and counts in full', () => {
    expect([formatNumber(-0.004, 1), formatExact(-0), formatCount(-0.4)]).toEqual(['0.0', '0', '0']);
    expect([formatExact(500), formatExact(1.25), formatCount(1_234_567)]).toEqual(['500', '1.25', '1,234,567']);
  });

  it('never show a share that is not zero as zero', () => {
    expect([formatShare(0), formatShare(0.0001), formatShare(0.0731), formatShare(1)]).toEqual([
      '0\u202f%',
      '<\u202f0.1\u202f%',
      '7.3\u202f%',
      '100.0\u202f%',
    ]);
  });

  it('count nouns', () => {
    expect([formatPlural(1, 'leak'), formatPlural(0, 'leak'), formatPlural(2, 'query', 'queries')]).toEqual([
      '1 leak',
      '0 leaks',
      '2 queries',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { Quantity } from '../../model/quantity.ts';
import {
  formatBytes,
  formatChange,
  formatChangeInterval,
  formatChangeLimit,
  formatQuantity,
  formatReading,
} from './quantity.ts';

const latency: Quantity = {
  value: 142.2,
  unit: 'ms',
  direction: 'lower-is-better',
  samples: 3012,
  effectiveSamples: 812.7,
  interval: [131.4, 159.6],
  confidence: 0.95,
};

/** Narrow and fixed spaces as plain ones, to be readable here. */
function plain(text: string | null): string | null {
  return text?.replaceAll(/[\u202f\u00a0]/g, ' ') ?? null;
}

describe('formatQuantity', () => {
  it('writes value, interval and both sample counts', () => {
    expect(plain(formatQuantity(latency))).toBe('142 ms [131, 160], n = 3,012 (n_eff 812)');
  });

  it('writes an open side as infinite and leaves an interval out that bounds nothing', () => {
    expect(plain(formatQuantity({ ...latency, interval: [131, null] }))).toContain('[131, ∞)');
    expect(plain(formatQuantity({ ...latency, interval: [null, 160] }))).toContain('(−∞, 160]');
    expect(plain(formatQuantity({ ...latency, interval: [null, null] }))).toBe('142 ms, n = 3,012 (n_eff 812)');
  });

  it('keeps a count whole and its bound precise', () => {
    const violations: Quantity = { ...latency, value: 0, unit: 'count', interval: [0, 0.000696] };
    expect(plain(formatQuantity(violations))).toBe('0 [0, 0.000696], n = 3,012 (n_eff 812)');
  });
});

describe('the other forms', () => {
  it('write ratios as changes', () => {
    expect(plain(formatChange(1.083))).toBe('+8.3 %');
    expect(plain(formatChange(0.956))).toBe('−4.4 %');
    expect(plain(formatChangeLimit(1.25))).toBe('+25 %');
    expect(formatChangeInterval({ ...latency, unit: 'ratio', interval: [1.061, 1.104] })).toBe('[+6.1, +10.4]');
  });

  it('write readings without trailing zeros and sizes in binary units', () => {
    expect(plain(formatReading(0.02, '%'))).toBe('0.02 %');
    expect(plain(formatReading(99.13, '%'))).toBe('99.1 %');
    expect([formatBytes(0), formatBytes(512), formatBytes(1_610_612_736)].map(plain)).toEqual([
      '0 B',
      '512 B',
      '1.50 GiB',
    ]);
  });
});

/** Rounding and formatting of fixed-point numbers, at the places where naive code goes wrong. */
import { describe, expect, it } from 'vitest';
import { divideRounded, formatCents, formatDecimal, formatPrice, formatQuantity, valueToCents } from './decimal.ts';

describe('divideRounded', () => {
  it.each([
    [5n, 10n, 1n],
    [4n, 10n, 0n],
    [-5n, 10n, -1n],
    [-4n, 10n, 0n],
    [15n, 10n, 2n],
    [25n, 10n, 3n],
    [-25n, 10n, -3n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [-2n, 3n, -1n],
    [0n, 7n, 0n],
  ])('%d / %d is %d: half goes away from zero', (dividend, divisor, expected) => {
    expect(divideRounded(dividend, divisor)).toBe(expected);
  });
});

describe('formatting', () => {
  it('keeps every place, the sign, and zeros before and after the point', () => {
    expect(formatQuantity(100_000n)).toBe('10.0000');
    expect(formatPrice(1n)).toBe('0.000001');
    expect(formatPrice(-1_500_000n)).toBe('-1.500000');
    expect(formatCents(0n)).toBe('0.00');
    expect(formatCents(-5n)).toBe('-0.05');
  });

  it('is exact beyond what a double can hold', () => {
    expect(formatDecimal(90_071_992_547_409_931_234n, 4)).toBe('9007199254740993.1234');
  });
});

describe('valueToCents', () => {
  it('rounds once, half away from zero: 0.5 × 0.01 is half a cent', () => {
    expect(valueToCents(5_000n * 10_000n)).toBe(1n);
    expect(valueToCents(-5_000n * 10_000n)).toBe(-1n);
    expect(valueToCents(4_999n * 10_000n)).toBe(0n);
  });
});

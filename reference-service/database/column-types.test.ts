/** Unit tests of how column values become text. */
import { describe, expect, it } from 'vitest';
import { isoTimestamp } from './column-types.ts';

describe('isoTimestamp', () => {
  it('keeps every digit', () => {
    expect(isoTimestamp('2026-01-02 03:04:05.678901+00')).toBe('2026-01-02T03:04:05.678901Z');
    expect(isoTimestamp('2026-01-02 03:04:05+00')).toBe('2026-01-02T03:04:05Z');
  });

  it('converts another offset', () => {
    expect(isoTimestamp('2026-01-02 03:04:05.678+02')).toBe('2026-01-02T01:04:05.678Z');
  });
});

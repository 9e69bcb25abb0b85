import { describe, expect, it } from 'vitest';
import { formatDuration, formatInstant } from './time.ts';

describe('formatDuration', () => {
  it.each([
    [412, '412 ms'],
    [8_412, '8.4 s'],
    [59_990, '1 min'],
    [252_000, '4 min 12 s'],
    [5_400_000, '1 h 30 min'],
    [15_778_800, '4 h 23 min'],
  ])('%s ms → %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds).replaceAll('\u202f', ' ')).toBe(text);
  });
});

describe('formatInstant', () => {
  it('writes UTC, whatever the zone of the machine', () => {
    expect(formatInstant('2025-11-22T23:59:00+01:00')).toBe('22 November 2025, 22:59 UTC');
  });

  it('leaves what is no instant as it is', () => {
    expect(formatInstant('yesterday')).toBe('yesterday');
  });
});

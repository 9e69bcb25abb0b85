import { describe, expect, it } from 'vitest';
import { parseWrittenBytes, readWrittenBytes } from './written-bytes.ts';

describe('parseWrittenBytes', () => {
  it('reads what was passed to write, not what reached a disk', () => {
    expect(parseWrittenBytes('rchar: 1\nwchar: 5549665\nsyscr: 3\nsyscw: 4\nwrite_bytes: 9\n')).toBe(5_549_665);
  });

  it('refuses what is none', () => {
    expect(() => parseWrittenBytes('')).toThrow('not /proc/PID/io');
  });
});

describe('readWrittenBytes', () => {
  it('knows nothing of a process that is not there, or not known', async () => {
    expect(await readWrittenBytes(null)).toBeNull();
    expect(await readWrittenBytes(2 ** 22 + 1)).toBeNull();
  });
});

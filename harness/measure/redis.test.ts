import { describe, expect, it } from 'vitest';
import { redisFigures } from './redis.ts';

const INFO = [
  '# Memory\r\nused_memory:1048576\r\nused_memory_human:1.00M',
  '# Stats\r\ntotal_commands_processed:42\r\nkeyspace_hits:30\r\nkeyspace_misses:12\r\nevicted_keys:0\r\n',
].join('\r\n');

describe('redisFigures', () => {
  it('reads the counters', () => {
    expect(redisFigures(INFO)).toEqual({
      commands: 42,
      hits: 30,
      misses: 12,
      usedMemoryBytes: 1_048_576,
      evictedKeys: 0,
    });
  });

  it('does not take a missing counter for zero', () => {
    expect(() => redisFigures(INFO.replace('evicted_keys:0', ''))).toThrow('no evicted_keys');
  });
});

import { describe, expect, it } from 'vitest';
import { parseCpuMax, parseCpuQuota, parseCpuStat, parseInactiveFile, parseOomKills } from './cgroup-text.ts';

describe('cpu.stat', () => {
  it('of version 1 is in nanoseconds, its CPU time elsewhere', () => {
    expect(parseCpuStat('nr_periods 33\nnr_throttled 31\nthrottled_time 2258108598\n')).toEqual({
      periods: 33,
      throttledPeriods: 31,
      throttledSeconds: 2.258108598,
      cpuSeconds: null,
    });
  });

  it('of version 2 is in microseconds', () => {
    const text =
      'usage_usec 2500000\nuser_usec 2000000\nsystem_usec 500000\nnice_usec 0\n' +
      'nr_periods 100\nnr_throttled 12\nthrottled_usec 340000\nnr_bursts 0\nburst_usec 0\n';
    expect(parseCpuStat(text)).toEqual({
      periods: 100,
      throttledPeriods: 12,
      throttledSeconds: 0.34,
      cpuSeconds: 2.5,
    });
  });

  it('of a group without the controller has no periods', () => {
    expect(parseCpuStat('usage_usec 7000000\nuser_usec 1\nsystem_usec 2\n')).toEqual({
      periods: 0,
      throttledPeriods: 0,
      throttledSeconds: 0,
      cpuSeconds: 7,
    });
  });
});

describe('limits', () => {
  it('are cores, or none', () => {
    expect(parseCpuQuota('150000\n', '100000\n')).toBe(1.5);
    expect(parseCpuQuota('-1\n', '100000\n')).toBeNull();
    expect(parseCpuMax('50000 100000\n')).toBe(0.5);
    expect(parseCpuMax('max 100000\n')).toBeNull();
    expect(() => parseCpuMax('')).toThrow('not a CPU limit');
  });
});

describe('memory', () => {
  it('counts kills in both versions', () => {
    expect(parseOomKills('oom_kill_disable 0\nunder_oom 0\noom_kill 2\n')).toBe(2);
    expect(parseOomKills('low 0\nhigh 0\nmax 35\noom 4\noom_kill 3\noom_group_kill 0\n')).toBe(3);
    expect(() => parseOomKills('oom_kill_disable 0\nunder_oom 0\n')).toThrow('counts no kills');
  });

  it('knows the cache that can go, of the whole tree in version 1', () => {
    expect(parseInactiveFile('cache 9\ninactive_file 5\ntotal_inactive_file 8\n')).toBe(8);
    expect(parseInactiveFile('anon 1\nfile 9\ninactive_file 5\n')).toBe(5);
  });
});

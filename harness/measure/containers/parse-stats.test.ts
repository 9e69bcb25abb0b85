import { describe, expect, it } from 'vitest';
import { parseStats } from './parse-stats.ts';

const throttling_data = { periods: 33, throttled_periods: 31, throttled_time: 2_258_108_598 };

describe('parseStats', () => {
  it('reads an answer about control groups of version 1', () => {
    const answer = {
      read: '2026-11-22T13:56:06.373109114Z',
      preread: '0001-01-01T00:00:00Z',
      cpu_stats: {
        cpu_usage: {
          total_usage: 812_737_467,
          percpu_usage: [802_632_214, 10_105_253],
          usage_in_usermode: 780_000_000,
        },
        system_cpu_usage: 24_036_430_000_000,
        online_cpus: 2,
        throttling_data,
      },
      memory_stats: {
        usage: 561_152,
        max_usage: 4_087_808,
        stats: { inactive_file: 1, total_inactive_file: 61_152, hierarchical_memory_limit: 67_108_864 },
        limit: 67_108_864,
      },
    };
    expect(parseStats(answer)).toEqual({
      atMs: Date.UTC(2026, 10, 22, 13, 56, 6, 373),
      cpuSeconds: 0.812737467,
      periods: 33,
      throttledPeriods: 31,
      throttledSeconds: 2.258108598,
      memoryBytes: 500_000,
      oomKills: null,
      machineCpuSeconds: 24_036.43,
    });
  });

  it('reads one about version 2, which has no figures by processor and no highest use', () => {
    const answer = {
      read: '2026-11-22T13:56:06.000Z',
      cpu_stats: {
        cpu_usage: { total_usage: 2_500_000_000, usage_in_kernelmode: 500_000_000, usage_in_usermode: 2_000_000_000 },
        system_cpu_usage: 1_000_000_000,
        online_cpus: 2,
        throttling_data,
      },
      memory_stats: {
        usage: 700_000,
        stats: { anon: 400_000, file: 300_000, inactive_file: 200_000 },
        limit: 67_108_864,
      },
    };
    expect(parseStats(answer)).toMatchObject({ cpuSeconds: 2.5, periods: 33, memoryBytes: 500_000 });
  });

  it('says null of a container that does not run', () => {
    const cpu_stats = { cpu_usage: { total_usage: 0 }, throttling_data };
    expect(parseStats({ read: '0001-01-01T00:00:00Z', cpu_stats, memory_stats: {} })).toBeNull();
  });

  it('refuses what is no such answer', () => {
    expect(() => parseStats({ message: 'no' })).toThrow();
  });
});

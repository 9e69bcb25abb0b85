/** Parses GET /containers/ID/stats of the Docker Engine API (1.41), for control groups of version 1 and 2. */
import { z } from 'zod';
import type { ContainerReading } from './container-reading.ts';

/** Absent in version 2: max_usage, percpu_usage. Memory of a container that does not run is {}. */
const statsSchema = z.object({
  read: z.string(),
  cpu_stats: z.object({
    cpu_usage: z.object({ total_usage: z.number() }),
    system_cpu_usage: z.number().optional(),
    throttling_data: z
      .object({ periods: z.number(), throttled_periods: z.number(), throttled_time: z.number() })
      .optional(),
  }),
  memory_stats: z.object({ usage: z.number().optional(), stats: z.record(z.string(), z.unknown()).optional() }),
});

/** With `machineCpuSeconds`: busy and idle time of all processors of the engine's machine since it started; null: not told. */
export type StatsReading = ContainerReading & { machineCpuSeconds: number | null };

/** Nanoseconds in both versions: the engine converts. null for a container that does not run. */
export function parseStats(answer: unknown): StatsReading | null {
  const { read, cpu_stats: cpu, memory_stats: memory } = statsSchema.parse(answer);
  if (memory.usage === undefined || read.startsWith('0001-')) return null;
  const inactive = memory.stats?.['total_inactive_file'] ?? memory.stats?.['inactive_file'];
  return {
    atMs: Date.parse(read),
    cpuSeconds: cpu.cpu_usage.total_usage / 1e9,
    periods: cpu.throttling_data?.periods ?? 0,
    throttledPeriods: cpu.throttling_data?.throttled_periods ?? 0,
    throttledSeconds: (cpu.throttling_data?.throttled_time ?? 0) / 1e9,
    memoryBytes: Math.max(0, memory.usage - (typeof inactive === 'number' ? inactive : 0)),
    oomKills: null,
    machineCpuSeconds: cpu.system_cpu_usage === undefined ? null : cpu.system_cpu_usage / 1e9,
  };
}

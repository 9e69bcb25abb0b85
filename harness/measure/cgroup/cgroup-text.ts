/** Parses the files of Linux control groups, version 1 and 2 (kernel documentation: cgroup-v1/memory, scheduler/sched-bwc, cgroup-v2). */

export interface CpuAccount {
  /** Periods of the limit in which the group wanted to run; 0 where it has none. */
  periods: number;
  throttledPeriods: number;
  throttledSeconds: number;
  /** null in version 1, which has a file of its own for it (cpuacct.usage). */
  cpuSeconds: number | null;
}

/** cpu.stat. A version 2 group without the controller has only the usage, and no limit to be stopped by. */
export function parseCpuStat(text: string): CpuAccount {
  const figures = parseFlat(text);
  const nanoseconds = figures.get('throttled_time');
  const microseconds = figures.get('throttled_usec');
  const usage = figures.get('usage_usec');
  return {
    periods: figures.get('nr_periods') ?? 0,
    throttledPeriods: figures.get('nr_throttled') ?? 0,
    throttledSeconds: nanoseconds === undefined ? (microseconds ?? 0) / 1e6 : nanoseconds / 1e9,
    cpuSeconds: usage === undefined ? null : usage / 1e6,
  };
}

/** Version 1: cpu.cfs_quota_us and cpu.cfs_period_us, as cores; null: no limit. */
export function parseCpuQuota(quota: string, period: string): number | null {
  return coresOf(quota.trim(), period.trim());
}

/** Version 2: cpu.max, "max 100000" or "50000 100000", as cores; null: no limit. */
export function parseCpuMax(text: string): number | null {
  const [quota = '', period = ''] = text.trim().split(' ');
  return coresOf(quota, period);
}

function coresOf(quota: string, period: string): number | null {
  if (quota === 'max' || quota === '-1') return null;
  const cores = Number(quota) / Number(period);
  if (!(cores > 0) || !Number.isFinite(cores)) throw new Error(`not a CPU limit: "${quota}" of "${period}"`);
  return cores;
}

/** memory.events (version 2) or memory.oom_control (version 1, from Linux 4.13); throws where neither counts kills. */
export function parseOomKills(text: string): number {
  const kills = parseFlat(text).get('oom_kill');
  if (kills === undefined) throw new Error(`the memory controller counts no kills: "${text.slice(0, 80)}"`);
  return kills;
}

/** memory.stat: file cache that nobody has used for a while, which the kernel drops before it kills. */
export function parseInactiveFile(text: string): number {
  const figures = parseFlat(text);
  return figures.get('total_inactive_file') ?? figures.get('inactive_file') ?? 0;
}

/** Lines of "key value". */
function parseFlat(text: string): Map<string, number> {
  const lines = text.split('\n').map((line) => line.trim().split(/\s+/));
  return new Map(
    lines.flatMap(([key, value]): [string, number][] =>
      key === undefined || value === undefined || !/^\d+$/.test(value) ? [] : [[key, Number(value)]],
    ),
  );
}

/** Reads the accounts of control groups from their files. A few dozen microseconds a file: cheap enough for every second. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CgroupPlace, levelsOf } from './cgroup-place.ts';
import {
  type CpuAccount,
  parseCpuMax,
  parseCpuQuota,
  parseCpuStat,
  parseInactiveFile,
  parseOomKills,
} from './cgroup-text.ts';
import { isGone } from './locate-cgroups.ts';

/** Throttling of one group, and of that level alone. */
export function readThrottling(folder: string): CpuAccount {
  // The top of the tree of version 2 has no limit, and on old kernels no such file.
  const text = readIfThere(join(folder, 'cpu.stat'));
  return text === null
    ? { periods: 0, throttledPeriods: 0, throttledSeconds: 0, cpuSeconds: null }
    : parseCpuStat(text);
}

/** The limit of one level in cores; null: none. */
export function readCpuLimit(version: 1 | 2, folder: string): number | null {
  if (version === 2) {
    const text = readIfThere(join(folder, 'cpu.max'));
    return text === null ? null : parseCpuMax(text);
  }
  const quota = readIfThere(join(folder, 'cpu.cfs_quota_us'));
  return quota === null ? null : parseCpuQuota(quota, readFileSync(join(folder, 'cpu.cfs_period_us'), 'utf8'));
}

/** The tightest limit over all levels that can be seen. */
export function readTightestLimit(place: CgroupPlace): number | null {
  const limits = levelsOf(place).flatMap((folder) => readCpuLimit(place.version, folder) ?? []);
  return limits.length === 0 ? null : Math.min(...limits);
}

/** CPU time since the group was made. */
export function readCpuSeconds({ version, folder }: CgroupPlace): number {
  if (version === 1) return Number(readFileSync(join(folder, 'cpuacct.usage'), 'utf8')) / 1e9;
  const { cpuSeconds } = parseCpuStat(readFileSync(join(folder, 'cpu.stat'), 'utf8'));
  if (cpuSeconds === null) throw new Error(`${folder} does not account for CPU time`);
  return cpuSeconds;
}

/** Memory in use, without file cache that can be dropped at once. */
export function readMemoryBytes({ version, folder }: CgroupPlace): number {
  const name = version === 1 ? 'memory.usage_in_bytes' : 'memory.current';
  const used = Number(readFileSync(join(folder, name), 'utf8'));
  return Math.max(0, used - parseInactiveFile(readFileSync(join(folder, 'memory.stat'), 'utf8')));
}

/**
 * Kills in the group since it was made. A kill is counted in the group of the process that was killed, whether its own
 * limit or want of memory on the whole machine was the cause; in version 2 also in all groups above. null: not counted
 * for this group (the top of the tree, or a tree without the controller).
 */
export function readOomKills({ version, folder }: CgroupPlace): number | null {
  const text = readIfThere(join(folder, version === 1 ? 'memory.oom_control' : 'memory.events'));
  return text === null ? null : parseOomKills(text);
}

/** Kills on the whole machine since it started: /proc/vmstat, from Linux 4.13. */
export function readMachineOomKills(): number {
  return parseOomKills(readFileSync('/proc/vmstat', 'utf8'));
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

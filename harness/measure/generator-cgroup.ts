/** Watches the control groups that hold k6: whether a CPU limit stopped it, and whether anything in them was killed for memory. */
import { existsSync } from 'node:fs';
import type { GeneratorCgroup } from '../model/measurement.ts';
import { levelsOf } from './cgroup/cgroup-place.ts';
import type { CpuAccount } from './cgroup/cgroup-text.ts';
import { locateCgroups } from './cgroup/locate-cgroups.ts';
import { readMachineOomKills, readOomKills, readThrottling, readTightestLimit } from './cgroup/read-cgroup.ts';
import { type Gatherer, NotSupported } from './gatherer.ts';

interface Throttling {
  cpuLimit: number | null;
  levels: { folder: string; first: CpuAccount; last: CpuAccount }[];
}

/**
 * `pid` is asked for when the window starts. Kills are counted from before k6 starts, in the group of this program: k6
 * is born into it. Where the group counts none (nothing limits its memory), those of the whole machine are taken.
 */
export function generatorCgroupGatherer(pid: () => number | null): Gatherer<GeneratorCgroup> {
  let killsBefore = 0;
  let countKills: () => number = readMachineOomKills;
  let throttling: Throttling | null = null;
  const look = (): Promise<void> => {
    // A group that went with k6 keeps what was seen of it last.
    for (const level of throttling?.levels ?? [])
      if (existsSync(level.folder)) level.last = readThrottling(level.folder);
    return Promise.resolve();
  };
  return {
    open: () => {
      if (process.platform !== 'linux') {
        return Promise.reject(new NotSupported(`control groups are Linux's; ${process.platform} has none`));
      }
      countKills = killCounter(process.pid);
      killsBefore = countKills();
      return Promise.resolve();
    },
    windowStarts: () => {
      const generator = pid();
      if (generator === null) return Promise.reject(new Error('k6 never ran'));
      throttling = startThrottling(generator);
      return Promise.resolve();
    },
    everySecond: look,
    windowEnds: look,
    read: () => {
      if (throttling === null) throw new Error('no reading at the start of the window');
      return Promise.resolve({ ...worstLevel(throttling), oomKills: countKills() - killsBefore });
    },
  };
}

function killCounter(pid: number): () => number {
  const { memory } = locateCgroups(pid);
  if (memory === null || readOomKills(memory) === null) return readMachineOomKills;
  return () => readOomKills(memory) ?? 0;
}

function startThrottling(pid: number): Throttling {
  const { cpu } = locateCgroups(pid);
  const folders = cpu === null ? [] : levelsOf(cpu);
  const levels = folders.map((folder) => ({ folder, first: readThrottling(folder) }));
  return {
    cpuLimit: cpu === null ? null : readTightestLimit(cpu),
    levels: levels.map((level) => ({ ...level, last: level.first })),
  };
}

/** Every level with a limit stops all below it; the one that did so most is told. */
function worstLevel({ cpuLimit, levels }: Throttling): Omit<GeneratorCgroup, 'oomKills'> {
  const seen = levels.map(({ first, last }) => ({
    periods: Math.max(0, last.periods - first.periods),
    throttledPeriods: Math.max(0, last.throttledPeriods - first.throttledPeriods),
    throttledSeconds: Math.max(0, last.throttledSeconds - first.throttledSeconds),
  }));
  const none = { periods: 0, throttledPeriods: 0, throttledSeconds: 0 };
  const share = (level: typeof none): number => (level.periods === 0 ? 0 : level.throttledPeriods / level.periods);
  const worst = seen.reduce((most, level) => (share(level) >= share(most) && level.periods > 0 ? level : most), none);
  return { cpuLimit, ...worst };
}

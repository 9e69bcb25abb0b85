/** Looks at a container through its control groups: exact, at once, and without work for the engine. */
import type { CgroupPlaces } from '../cgroup/locate-cgroups.ts';
import { isGone, locateContainer } from '../cgroup/locate-cgroups.ts';
import { readCpuSeconds, readMemoryBytes, readOomKills, readThrottling } from '../cgroup/read-cgroup.ts';
import type { ReadContainer } from './container-reading.ts';

/** null where the groups cannot be seen: an engine elsewhere, in a virtual machine, or outside of our namespaces. */
export function readByCgroup(pid: number, containerId: string): ReadContainer | null {
  const places = findPlaces(pid, containerId);
  if (places === null) return null;
  const { cpu, usage, memory } = places;
  if (usage === null || memory === null) return null;
  return () => {
    try {
      const { periods, throttledPeriods, throttledSeconds } = readThrottling((cpu ?? usage).folder);
      return Promise.resolve({
        atMs: Date.now(),
        cpuSeconds: readCpuSeconds(usage),
        periods,
        throttledPeriods,
        throttledSeconds,
        memoryBytes: readMemoryBytes(memory),
        oomKills: readOomKills(memory),
      });
    } catch (error) {
      if (isGone(error)) return Promise.resolve(null);
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  };
}

function findPlaces(pid: number, containerId: string): CgroupPlaces | null {
  if (process.platform !== 'linux' || pid === 0) return null;
  try {
    return locateContainer(pid, containerId);
  } catch {
    return null; // not mounted here: the engine can still be asked
  }
}

/** One container of a block for tests: healthy, well within its limits. */
import type { ContainerUse } from '../../model/container-use.ts';

export function buildContainer(changes: Partial<ContainerUse> = {}): ContainerUse {
  return {
    name: 'postgres',
    image: 'postgres:18.4-trixie',
    cpuLimit: 1.5,
    cpuSeconds: 12,
    cpuCores: 0.6,
    cpuShareOfLimit: 0.4,
    periods: 200,
    throttledPeriods: 0,
    throttledSeconds: 0,
    memoryPeakBytes: 4e8,
    memoryLimitBytes: 2 ** 30,
    oomKills: 0,
    restarts: 0,
    ...changes,
  };
}

/** Guard: no CPU limit of a container, a pod or a unit stopped the generator while it measured. */
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';

export const generatorThrottled: Guard = {
  id: 'generator-throttled',
  title: 'Periods in which a CPU limit stopped the load generator',
  why: 'A generator that is stopped for the rest of a period reads no answers meanwhile: its pauses look like latencies of the service.',
  bound: 'at-most',
  invalidatesRun: true,
  read: ({ blocks }) => {
    const generators = readArtefact(blocks, 'generator');
    if ('unreadable' in generators) return generators;
    const shares: number[] = [];
    const limits = new Set<string>();
    for (const { cgroup } of generators.values) {
      if (!cgroup.ok) return { unreadable: cgroup.error.message };
      const { cpuLimit, periods, throttledPeriods } = cgroup.value;
      // Without a limit no period was counted, and there is nothing that could have stopped it.
      shares.push(periods === 0 ? 0 : (throttledPeriods / periods) * 100);
      if (cpuLimit !== null) limits.add(`${cpuLimit} cores`);
    }
    const detail = limits.size === 0 ? {} : { detail: `its limit is ${[...limits].join(', ')}` };
    return { observed: Math.max(...shares), ...detail };
  },
};

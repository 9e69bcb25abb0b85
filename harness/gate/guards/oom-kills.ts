/** Guard: the kernel killed nothing of ours for want of memory, not even a child whose parent lived on. */
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';
import { nameEach, watchedContainers } from './watched-containers.ts';

export const oomKills: Guard = {
  id: 'oom-kills',
  title: 'Processes killed for memory',
  why: 'What a server does after the kernel killed a process of it (Postgres ends every session and recovers) is not what it does in operation.',
  bound: 'at-most',
  invalidatesRun: true,
  read: ({ blocks, environment }) => {
    const generators = readArtefact(blocks, 'generator');
    if ('unreadable' in generators) return generators;
    const watched = watchedContainers(blocks, environment);
    if ('unreadable' in watched) return watched;
    let besideGenerator = 0;
    for (const { cgroup } of generators.values) {
      if (!cgroup.ok) return { unreadable: cgroup.error.message };
      besideGenerator += cgroup.value.oomKills;
    }
    const inContainers = watched.containers.reduce((sum, container) => sum + container.oomKills, 0);
    const names = [
      ...(inContainers > 0 ? [nameEach(watched.containers, (container) => container.oomKills)] : []),
      ...(besideGenerator > 0 ? [`${besideGenerator} in the control group of the load generator`] : []),
    ];
    return {
      observed: inContainers + besideGenerator,
      ...(names.length === 0 ? {} : { detail: names.join(', ') }),
    };
  },
};

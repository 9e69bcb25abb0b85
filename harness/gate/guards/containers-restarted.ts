/** Guard: every container ran from the block's beginning to its end. Without containers it has nothing to watch and is left out. */
import type { Guard } from './guard.ts';
import { hasContainers, nameEach, watchedContainers } from './watched-containers.ts';

export const containersRestarted: Guard = {
  id: 'containers-restarted',
  title: 'Containers that ended or were started anew',
  why: 'A server that starts anew has cold caches and refused connections: neither belongs to the architecture.',
  bound: 'at-most',
  invalidatesRun: true,
  appliesTo: (_, environment) => hasContainers(environment),
  read: ({ blocks, environment }) => {
    const watched = watchedContainers(blocks, environment);
    if ('unreadable' in watched) return watched;
    const restarts = watched.containers.reduce((sum, container) => sum + container.restarts, 0);
    return {
      observed: restarts,
      ...(restarts === 0 ? {} : { detail: nameEach(watched.containers, (container) => container.restarts) }),
    };
  },
};

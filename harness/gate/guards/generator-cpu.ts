/** Guard: the generator had CPU to spare, so that latencies are the service's and not its own. */
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';

export const generatorCpu: Guard = {
  id: 'generator-cpu',
  title: 'CPU of the load generator, share of what it may use',
  why: 'A busy generator reads its answers late and adds its own delay to every latency.',
  bound: 'at-most',
  read: ({ blocks }) => {
    const generators = readArtefact(blocks, 'generator');
    if ('unreadable' in generators) return generators;
    return { observed: Math.max(...generators.values.map(({ cpuShare }) => cpuShare * 100)) };
  },
};

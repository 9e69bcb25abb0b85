/** Guard: the generator got a processor when it needed one. */
import type { SchedulingFacts } from '../../model/guarded-facts.ts';
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readArtefact } from './read-artefact.ts';

/** The mean wait before a thread of k6 runs: what the scheduler adds to every sending and every reading. */
export const generatorWait: Guard = {
  id: 'generator-wait',
  title: 'Mean time that a thread of the load generator waits for a processor',
  why: 'An answer that is there and cannot be read yet looks like a slow service.',
  bound: 'at-most',
  appliesTo: measuresLatency,
  read: ({ blocks }) => {
    const scheduling = readArtefact(blocks, 'scheduling');
    if ('unreadable' in scheduling) return scheduling;
    if (scheduling.values.some(({ slices }) => slices === 0)) {
      return { unreadable: 'no thread of k6 was seen to run' };
    }
    return { observed: Math.max(...scheduling.values.map(meanWaitMs)) };
  },
};

function meanWaitMs({ waitSeconds, slices }: SchedulingFacts): number {
  return (waitSeconds * 1_000) / slices;
}

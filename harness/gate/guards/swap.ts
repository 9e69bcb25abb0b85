/** Guard: memory sufficed. */
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readArtefact } from './read-artefact.ts';

export const swap: Guard = {
  id: 'swap',
  title: 'Pages swapped in or out on the machine',
  why: 'A page that comes back from disk takes a thousand times as long as one in memory, and says nothing of the architecture.',
  bound: 'at-most',
  appliesTo: measuresLatency,
  read: ({ blocks }) => {
    const machines = readArtefact(blocks, 'machine');
    if ('unreadable' in machines) return machines;
    return { observed: Math.max(...machines.values.map(({ swappedPages }) => swappedPages)) };
  },
};

/** Guard: nobody set the clock while a block ran. */
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readArtefact } from './read-artefact.ts';

export const clockStep: Guard = {
  id: 'clock-step',
  title: 'Movement of the wall clock against the monotonic one',
  why: 'Samples are cut to the measured time by the wall clock, and sessions end by it: after a step the wrong ones count.',
  bound: 'at-most',
  appliesTo: measuresLatency,
  read: ({ blocks }) => {
    const machines = readArtefact(blocks, 'machine');
    if ('unreadable' in machines) return machines;
    return { observed: Math.max(...machines.values.map(({ clockStepMs }) => clockStepMs)) };
  },
};

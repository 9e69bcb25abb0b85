/** Guard: no iteration was dropped because every virtual user was busy. */
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readArtefact } from './read-artefact.ts';

export const droppedIterations: Guard = {
  id: 'dropped-iterations',
  title: 'Dropped iterations',
  why: 'What is not sent when the service is slow is missing from the slow end of the samples (coordinated omission).',
  bound: 'at-most',
  appliesTo: measuresLatency,
  read: ({ blocks }) => {
    const generators = readArtefact(blocks, 'generator');
    if ('unreadable' in generators) return generators;
    return { observed: generators.values.reduce((total, { droppedIterations }) => total + droppedIterations, 0) };
  },
};

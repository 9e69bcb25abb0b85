/** Guard: no checkpoint was forced while a block ran. */
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readArtefact } from './read-artefact.ts';

/** Checkpoints by the clock are production's own and spread over most of their interval: they count for the service, not against it. */
export const forcedCheckpoints: Guard = {
  id: 'forced-checkpoints',
  title: 'Checkpoints ended in a block that a command or the want of WAL space began, not the clock',
  why: 'Such a checkpoint writes at once what is still dirty from loading the data: the block is slower than operation is.',
  bound: 'at-most',
  appliesTo: measuresLatency,
  read: ({ blocks }) => {
    const databases = readArtefact(blocks, 'database');
    if ('unreadable' in databases) return databases;
    return { observed: databases.values.reduce((sum, { checkpointsRequested }) => sum + checkpointsRequested, 0) };
  },
};

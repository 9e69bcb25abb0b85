/** Guard: no disk was about to fill. */
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readArtefact } from './read-artefact.ts';

/** The least before and after a block; of containers, whose data lie elsewhere, the disks that this program sees. */
export const diskSpace: Guard = {
  id: 'disk-space',
  title: 'Space left on the disks of the run folder and of the system',
  why: 'Postgres stops for want of room for its log, and samples that could not be written are missing without a trace in the others.',
  bound: 'at-least',
  appliesTo: measuresLatency,
  read: ({ blocks }) => {
    const machines = readArtefact(blocks, 'machine');
    if ('unreadable' in machines) return machines;
    return { observed: Math.min(...machines.values.map(({ diskFreeBytes }) => diskFreeBytes)) };
  },
};

/** Guard: the hypervisor left the machine its processors. */
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { overBlocks } from './over-blocks.ts';
import { readArtefact } from './read-artefact.ts';

export const hostSteal: Guard = {
  id: 'host-steal',
  title: 'Processor time that the hypervisor gave to other machines',
  why: 'Stolen time stops the service and the generator together, and nothing inside the machine shows why.',
  bound: 'at-most',
  appliesTo: measuresLatency,
  read: ({ experiment, blocks }) => {
    const hosts = readArtefact(blocks, 'host');
    if ('unreadable' in hosts) return hosts;
    if (hosts.values.some(({ stealShare }) => stealShare === null)) {
      return { unreadable: 'the kernel does not count stolen time' };
    }
    return {
      observed:
        overBlocks(
          experiment,
          hosts.values.map(({ stealShare }) => stealShare ?? 0),
        ) * 100,
    };
  },
};

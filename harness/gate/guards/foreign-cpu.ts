/** Guard: the machine was ours, so that latencies are the architecture's and not those of a neighbour. */
import type { MeasuredBlock } from '../../model/claim.ts';
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { overBlocks } from './over-blocks.ts';
import { readArtefact } from './read-artefact.ts';

/** Seen here: within 2 % on a machine of one's own, from 35 % on beside somebody's build. */
export const foreignCpu: Guard = {
  id: 'foreign-cpu',
  title: 'CPU that others took: busy or stolen, and not of the generator, the harness or the system under test',
  why: 'On a machine that is shared just now a healthy architecture looks slow.',
  bound: 'at-most',
  appliesTo: measuresLatency,
  read: ({ experiment, blocks }) => {
    const hosts = readArtefact(blocks, 'host');
    if ('unreadable' in hosts) return hosts;
    return { observed: overBlocks(experiment, hosts.values.map(foreignShare)) * 100 };
  },
};

type HostFacts = Extract<MeasuredBlock['measurement']['artefacts']['host'], { ok: true }>['value'];

function foreignShare({ busyShare, stealShare, processes }: HostFacts): number {
  const ours = processes.reduce((sum, { cpuShareOfCores }) => sum + cpuShareOfCores, 0);
  return Math.max(0, busyShare - ours) + (stealShare ?? 0);
}

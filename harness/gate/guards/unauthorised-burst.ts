/** Guard: the sessions of the load were accepted throughout. */
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readSamples } from './read-samples.ts';
import { worstSecond } from './worst-second.ts';

export const unauthorisedBurst: Guard = {
  id: 'unauthorised-burst',
  title: 'Answers 401 in the worst second',
  why: 'Sessions that end all at once make the service refuse cheaply, without a query: the load is then no longer the declared one.',
  bound: 'at-most',
  appliesTo: measuresLatency,
  read: ({ blocks }) => {
    const samples = readSamples(blocks);
    if ('unreadable' in samples) return samples;
    return {
      observed: Math.max(...samples.sampled.map((block) => worstSecond(block, (status) => status === 401))) * 100,
    };
  },
};

/** Guard: no second of a block was full of errors. */
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readSamples } from './read-samples.ts';
import { worstSecond } from './worst-second.ts';

/** A probe asks for what must be refused: there 4xx is the right answer. */
export const errorBurst: Guard = {
  id: 'error-burst',
  title: 'Answers other than 2xx in the worst second',
  why: 'An outage of a second is a small share of all requests, and its errors are faster than any answer.',
  bound: 'at-most',
  appliesTo: measuresLatency,
  read: ({ blocks }) => {
    const samples = readSamples(blocks);
    if ('unreadable' in samples) return samples;
    const shares = samples.sampled.map((block) => worstSecond(block, (status) => status < 200 || status > 299));
    return { observed: Math.max(...shares) * 100 };
  },
};

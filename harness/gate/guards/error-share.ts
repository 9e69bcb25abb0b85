/** Guard: requests succeeded. */
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';

export const errorShare: Guard = {
  id: 'error-share',
  title: 'Failed requests',
  why: 'A service that refuses its work is not measured at its work: an error is often faster than an answer.',
  bound: 'at-most',
  read: ({ blocks }) => {
    const generators = readArtefact(blocks, 'generator');
    if ('unreadable' in generators) return generators;
    const requests = generators.values.reduce((total, generator) => total + generator.requests, 0);
    const errors = generators.values.reduce((total, generator) => total + generator.errors, 0);
    if (requests === 0) return { unreadable: 'no requests were counted' };
    return { observed: (errors / requests) * 100, detail: `${errors} of ${requests} requests` };
  },
};

/** Guard: k6 went to its end in every block. */
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';

/** 99 is k6's word for a crossed threshold of its own: data, not an error. The scripts set none. */
const goodExits = [0, 99];

export const generatorExit: Guard = {
  id: 'generator-exit',
  title: 'Load generator ended as it should',
  why: 'A generator that crashed or was killed has not sent the load, and its samples stop where it did.',
  bound: 'at-most',
  read: ({ blocks }) => {
    const generators = readArtefact(blocks, 'generator');
    if ('unreadable' in generators) return generators;
    const odd = generators.values.filter(
      ({ exitCode, signal }) => signal !== null || exitCode === null || !goodExits.includes(exitCode),
    );
    const how = odd.map(({ exitCode, signal }) => (signal === null ? `exit code ${exitCode}` : `signal ${signal}`));
    return { observed: odd.length, ...(odd.length === 0 ? {} : { detail: `k6 ended with ${how.join(', ')}` }) };
  },
};

/** Guard: every row that was written while measuring is there when it is judged. */
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';
import { readSamples } from './read-samples.ts';

/** While measuring, the rows written were checked against k6's own count of its requests: see finish-samples.ts. */
export const samplesComplete: Guard = {
  id: 'samples-complete',
  title: 'Rows that the sample files have too few or too many',
  why: 'A file that was cut lacks the end of a block, and with it what only shows after a while.',
  bound: 'at-most',
  read: ({ blocks }) => {
    const files = readArtefact(blocks, 'samples');
    if ('unreadable' in files) return files;
    const samples = readSamples(blocks);
    if ('unreadable' in samples) return samples;
    const differences = samples.sampled.map((block, index) =>
      Math.abs(block.samples.count - (files.values[index]?.rows ?? 0)),
    );
    return { observed: differences.reduce((sum, difference) => sum + difference, 0) };
  },
};

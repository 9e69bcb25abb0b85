/** Guard: every row that was written while measuring is there when it is judged. */
import type { Experiment } from '../../model/experiment.ts';
import { type SampledBlock, startOf } from '../../model/measured-rows.ts';
import type { Guard } from './guard.ts';
import { readArtefact } from './read-artefact.ts';
import { readSamples } from './read-samples.ts';

/**
 * The rows of the file, and those of the measured time, against what was counted while measuring: a file whose rows were made to fit its
 * artefact, or a measured time that was moved, agrees with one count and not with the other. At a constant rate a moved time may hold as many
 * rows by chance: so it is also held against the beginning of the load, and counts as one row. While measuring, the rows written were
 * checked against k6's own count of its requests: see finish-samples.ts.
 */
export const samplesComplete: Guard = {
  id: 'samples-complete',
  title: 'Rows that the sample files, or the measured time, have too few or too many',
  why: 'A file that was cut lacks the end of a block, and with it what only shows after a while.',
  bound: 'at-most',
  read: ({ blocks, experiment }) => {
    const files = readArtefact(blocks, 'samples');
    if ('unreadable' in files) return files;
    const generators = readArtefact(blocks, 'generator');
    if ('unreadable' in generators) return generators;
    const samples = readSamples(blocks);
    if ('unreadable' in samples) return samples;
    const differences = samples.sampled.map((block, index) => {
      const inFile = block.samples.count - (files.values[index]?.rows ?? 0);
      const inTime = answeredInTime(block) - (generators.values[index]?.requests ?? 0);
      const loadStartedAtMs = generators.values[index]?.setupEndedAtMs ?? Number.NaN;
      return Math.max(Math.abs(inFile), Math.abs(inTime), isMoved(block, loadStartedAtMs, experiment) ? 1 : 0);
    });
    return { observed: differences.reduce((sum, difference) => sum + difference, 0) };
  },
};

/** Times are told in fractions of a millisecond. */
const sameMs = 1;

function isMoved(
  { measurement: { warmUpEndsAtMs, measureEndsAtMs } }: SampledBlock,
  loadStartedAtMs: number,
  { warmUpMs, durationMs }: Experiment,
): boolean {
  const declared = [loadStartedAtMs + warmUpMs, loadStartedAtMs + warmUpMs + durationMs] as const;
  return !(Math.abs(warmUpEndsAtMs - declared[0]) < sameMs && Math.abs(measureEndsAtMs - declared[1]) < sameMs);
}

/** As they were counted while measuring: begun after the warm-up and answered before the end of the measured time. */
function answeredInTime({ measurement, samples }: SampledBlock): number {
  const { warmUpEndsAtMs, measureEndsAtMs } = measurement;
  let answered = 0;
  for (let row = 0; row < samples.count; row += 1) {
    if (samples.setup[row] !== 0 || startOf(samples, row) < warmUpEndsAtMs) continue;
    if ((samples.endedAtMs[row] ?? Number.NaN) <= measureEndsAtMs) answered += 1;
  }
  return answered;
}

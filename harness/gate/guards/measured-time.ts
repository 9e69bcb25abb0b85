/** Guard: the samples span the measured time that was declared. */
import type { Experiment } from '../../model/experiment.ts';
import { measuredRows, type SampledBlock, startOf } from '../../model/measured-rows.ts';
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readSamples } from './read-samples.ts';

export const measuredTime: Guard = {
  id: 'measured-time',
  title: 'Measured time, from the first request to the last, against the declared one',
  why: 'A block that was cut short has not seen what comes later: checkpoints, garbage, filled caches.',
  bound: 'at-least',
  appliesTo: measuresLatency,
  read: ({ experiment, blocks }) => {
    const samples = readSamples(blocks);
    if ('unreadable' in samples) return samples;
    return { observed: Math.min(...samples.sampled.map((block) => coveredShare(block, experiment))) * 100 };
  },
};

function coveredShare(block: SampledBlock, { durationMs }: Experiment): number {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const row of measuredRows(block)) {
    const startedAtMs = startOf(block.samples, row);
    first = Math.min(first, startedAtMs);
    last = Math.max(last, startedAtMs);
  }
  return Math.max(0, last - first) / durationMs;
}

/** Guard: under open load every iteration began when it was due. */
import { measuredRows, type SampledBlock, startOf } from '../../model/measured-rows.ts';
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readSamples } from './read-samples.ts';

const PERCENTILE = 0.99;

/**
 * Lateness against an even schedule that is laid so that none is early. Iterations that carry no number are spaced by the rate that was
 * reached: were it the declared one, a single missing iteration would make all after it look late; how many are missing is for
 * `achieved-rate` and `dropped-iterations` to say. Closed load has no schedule.
 */
export const iterationLag: Guard = {
  id: 'iteration-lag',
  title: 'Lateness of the iterations of open load, 99th percentile',
  why: 'A request that is sent late arrives with others at once, or after a stall that it should have met: the load is not the declared one.',
  bound: 'at-most',
  appliesTo: (experiment) => measuresLatency(experiment) && experiment.scenario.workload.kind === 'open',
  read: ({ experiment, blocks }) => {
    const { workload } = experiment.scenario;
    if (workload.kind !== 'open') return { unreadable: 'closed load has no schedule' };
    const samples = readSamples(blocks);
    if ('unreadable' in samples) return samples;
    const lags = samples.sampled.map((block) => latenessMs(block, 1_000 / workload.ratePerSecond));
    if (lags.some((lag) => lag === null)) return { unreadable: 'a block has no samples' };
    return { observed: Math.max(...lags.map(Number)) };
  },
};

function latenessMs(block: SampledBlock, declaredEveryMs: number): number | null {
  const { starts, numbered } = iterationStarts(block);
  const spanMs = (starts.at(-1)?.[1] ?? 0) - (starts[0]?.[1] ?? 0);
  const everyMs = numbered ? declaredEveryMs : spanMs / Math.max(1, starts.length - 1);
  const offsets = starts.map(([place, startedAtMs]) => startedAtMs - place * everyMs).sort((a, b) => a - b);
  const [earliest] = offsets;
  const late = offsets[Math.ceil(offsets.length * PERCENTILE) - 1];
  return earliest === undefined || late === undefined ? null : late - earliest;
}

interface Iterations {
  starts: [place: number, startedAtMs: number][];
  numbered: boolean;
}

/** Place in the schedule and beginning: paired requests carry the number of their iteration, others are alone in theirs. */
function iterationStarts(block: SampledBlock): Iterations {
  const numbered = pairedStarts(block);
  if (numbered.length > 0) return { starts: numbered, numbered: true };
  const alone = Float64Array.from(measuredRows(block), (row) => startOf(block.samples, row)).sort();
  return { starts: [...alone.entries()], numbered: false };
}

/** Looked for among all rows: the first request of an iteration may lie in the warm-up, and then the iteration does. */
function pairedStarts({ measurement, samples }: SampledBlock): [pair: number, startedAtMs: number][] {
  const starts = new Map<number, number>();
  samples.pair.forEach((pair, row) => {
    if (pair < 0) return;
    starts.set(pair, Math.min(starts.get(pair) ?? Number.POSITIVE_INFINITY, startOf(samples, row)));
  });
  const { warmUpEndsAtMs, measureEndsAtMs } = measurement;
  return [...starts].filter(([, startedAtMs]) => startedAtMs >= warmUpEndsAtMs && startedAtMs <= measureEndsAtMs);
}

/** Guard: open load never had nearly all of its virtual users at work. */
import { measuredRows, type SampledBlock, startOf } from '../../model/measured-rows.ts';
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';
import { readSamples } from './read-samples.ts';

/** As scenarios/lib/load.ts sets it: users enough for an answer that takes a second, and never fewer than ten. */
function ceilingOf(ratePerSecond: number): number {
  return Math.max(10, Math.ceil(ratePerSecond));
}

/**
 * Counted from the samples: k6's own gauge counts users that were made, not those at work. Requests of one pair are of one user,
 * who is at work from the first to the last of them.
 */
export const usersAtCeiling: Guard = {
  id: 'users-at-ceiling',
  title: 'Virtual users at work at once under open load, share of all there are',
  why: 'Near the ceiling the next request waits for a free user, or is dropped: open load turns into closed load just when the service is slow.',
  bound: 'at-most',
  appliesTo: (experiment) => measuresLatency(experiment) && experiment.scenario.workload.kind === 'open',
  read: ({ experiment, blocks }) => {
    const { workload } = experiment.scenario;
    if (workload.kind !== 'open') return { unreadable: 'closed load always has all of its users at work' };
    const samples = readSamples(blocks);
    if ('unreadable' in samples) return samples;
    const ceiling = ceilingOf(workload.ratePerSecond);
    return { observed: (Math.max(...samples.sampled.map(mostAtOnce)) / ceiling) * 100 };
  },
};

function mostAtOnce(block: SampledBlock): number {
  const work = timesAtWork(block);
  const starts = Float64Array.from(work, ([startedAtMs]) => startedAtMs).sort();
  const ends = Float64Array.from(work, ([, endedAtMs]) => endedAtMs).sort();
  let ended = 0;
  let most = 0;
  starts.forEach((startedAtMs, started) => {
    while (ended < ends.length && (ends[ended] ?? 0) <= startedAtMs) ended += 1;
    most = Math.max(most, started + 1 - ended);
  });
  return most;
}

type Span = [startedAtMs: number, endedAtMs: number];

function timesAtWork(block: SampledBlock): Span[] {
  const alone: Span[] = [];
  const pairs = new Map<number, Span>();
  for (const row of measuredRows(block)) {
    const startedAtMs = startOf(block.samples, row);
    const endedAtMs = block.samples.endedAtMs[row] ?? 0;
    const pair = block.samples.pair[row] ?? -1;
    if (pair < 0) alone.push([startedAtMs, endedAtMs]);
    else {
      const [from, to] = pairs.get(pair) ?? [startedAtMs, endedAtMs];
      pairs.set(pair, [Math.min(from, startedAtMs), Math.max(to, endedAtMs)]);
    }
  }
  return [...alone, ...pairs.values()];
}

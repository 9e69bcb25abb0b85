/** Guard: the generator really sent the load that was declared. */
import { measuredRows } from '../../model/measured-rows.ts';
import type { MeasuredBlock } from '../../model/claim.ts';
import type { Experiment } from '../../model/experiment.ts';
import type { SampleTable } from '../../model/samples.ts';
import type { Guard } from './guard.ts';
import { measuresLatency } from './measures-latency.ts';

/**
 * Requests that began in the measured time, against those that should have: an iteration that was started and threw before it
 * sent anything has achieved nothing.
 * Open load: rate × one request to each arm, where requests that a user sends at once to an arm count as one. Closed load: users / (think time + mean latency), the interactive response time law
 * (Denning & Buzen 1978, ACM Computing Surveys 10:225). Against users / think time a slow service would make the run invalid, and so
 * hide that it is slow.
 */
export const achievedRate: Guard = {
  id: 'achieved-rate',
  title: 'Achieved rate against offered rate',
  why: 'A generator that falls behind asks less than declared, and the latencies it misses are the worst.',
  bound: 'at-least',
  appliesTo: measuresLatency,
  read: ({ experiment, blocks }) => {
    const shares: number[] = [];
    for (const block of blocks) {
      const load = sentLoad(block);
      if (load === null) return { unreadable: `block ${block.measurement.block} has no samples to take the rate from` };
      shares.push(load.perSecond / expectedPerSecond(experiment, load.meanLatencyMs));
    }
    return { observed: Math.min(...shares) * 100 };
  },
};

function expectedPerSecond({ scenario, arms }: Experiment, meanLatencyMs: number): number {
  const { workload } = scenario;
  if (workload.kind === 'open') return workload.ratePerSecond * (workload.askingShare ?? 1) * arms.length;
  return (workload.users * 1000) / (workload.thinkTimeMs + meanLatencyMs);
}

/** Requests of one pair to one arm are one thing that was asked. */
function askedTimes({ pair, arm }: SampleTable, rows: Uint32Array): number {
  const paired = new Set<string>();
  let alone = 0;
  for (const row of rows) {
    const number = pair[row] ?? -1;
    if (number < 0) alone += 1;
    else paired.add(`${number} ${arm[row] ?? 0}`);
  }
  return alone + paired.size;
}

/** Both figures from the same requests, so that one that is cut off at the end is missing from both or from neither. */
function sentLoad({ measurement, samples }: MeasuredBlock): { perSecond: number; meanLatencyMs: number } | null {
  if (samples === null) return null;
  const rows = measuredRows({ measurement, samples });
  if (rows.length === 0) return null;
  return {
    perSecond: (askedTimes(samples, rows) * 1000) / (measurement.measureEndsAtMs - measurement.warmUpEndsAtMs),
    meanLatencyMs: rows.reduce((total, row) => total + (samples.durationMs[row] ?? 0), 0) / rows.length,
  };
}

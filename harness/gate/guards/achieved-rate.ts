/** Guard: the generator really offered the load that was declared. */
import { measuredRows } from '../../model/measured-rows.ts';
import type { MeasuredBlock } from '../../model/claim.ts';
import type { Workload } from '../../model/scenario.ts';
import type { Guard, Observation } from './guard.ts';

const probing = 'isolation';

/**
 * Open load: started iterations against the declared rate.
 * Closed load, one request an iteration: requests against users / (think time + mean latency), the interactive response time law (Denning & Buzen 1978,
 * ACM Computing Surveys 10:225). Against users / think time a slow service would make the run invalid and so hide that it is slow.
 */
export const achievedRate: Guard = {
  id: 'achieved-rate',
  title: 'Achieved rate against offered rate',
  why: 'A generator that falls behind asks less than declared, and the latencies it misses are the worst.',
  bound: 'at-least',
  // Its iterations make any number of requests, and no latency is claimed of them.
  appliesTo: (experiment) => experiment.scenario.id !== probing,
  read: ({ experiment, blocks }) => {
    const shares: number[] = [];
    for (const block of blocks) {
      const observation = shareAchieved(block, experiment.scenario.workload);
      if ('unreadable' in observation) return observation;
      shares.push(observation.observed);
    }
    return { observed: Math.min(...shares) * 100 };
  },
};

function shareAchieved(block: MeasuredBlock, workload: Workload): Observation {
  const { generator } = block.measurement.artefacts;
  const place = `block ${block.measurement.block}`;
  if (!generator.ok) return { unreadable: `generator of ${place}: ${generator.error.message}` };
  if (workload.kind === 'open') return { observed: generator.value.achievedPerSecond / workload.ratePerSecond };
  const load = closedLoad(block);
  if (load === null) return { unreadable: `${place} has no samples to take the rate and the latency from` };
  const expectedPerSecond = (workload.users * 1000) / (workload.thinkTimeMs + load.meanLatencyMs);
  return { observed: load.perSecond / expectedPerSecond };
}

/** Both figures from the same requests, so that one that is cut off at the end is missing from both or from neither. */
function closedLoad({ measurement, samples }: MeasuredBlock): { perSecond: number; meanLatencyMs: number } | null {
  if (samples === null) return null;
  const rows = measuredRows({ measurement, samples });
  if (rows.length === 0) return null;
  return {
    perSecond: (rows.length * 1000) / (measurement.measureEndsAtMs - measurement.warmUpEndsAtMs),
    meanLatencyMs: rows.reduce((total, row) => total + (samples.durationMs[row] ?? 0), 0) / rows.length,
  };
}

/** How much a figure must change between two runs before the change is called one. */
import type { Metric } from '../model/metric.ts';

interface LargeEffect {
  /** Of the baseline's value. */
  share: number;
  /** In the unit of the metric: below it a change is too small to matter, however large in per cent. */
  floor: number;
}

/**
 * Two runs at different times differ by more than their intervals say: another neighbour on the machine, another layout in memory.
 * So only what is larger than that is called: a quarter for latencies, a tenth for what is paired within its run or held by the load.
 * For less there is a comparison of two arms that run at the same time.
 */
const latencyShare = 0.25;
const steadyShare = 0.1;
const latencyFloorsMs: Record<string, number> = { p50: 1, p95: 2, p99: 5 };
const otherLatencyFloorMs = 5;

export function largeEffect({ id, quantity }: Metric): LargeEffect {
  if (quantity.unit !== 'ms') return { share: steadyShare, floor: 0 };
  const percentile = id.slice(id.lastIndexOf('.') + 1);
  return { share: latencyShare, floor: latencyFloorsMs[percentile] ?? otherLatencyFloorMs };
}

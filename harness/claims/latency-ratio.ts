/** The ratio of latency between two arms: the mean over blocks of each block's median log ratio, with its interval. */
import type { Quantity } from '../model/quantity.ts';
import { type MeanInterval, blockMeanInterval } from '../statistics/block-mean-interval.ts';
import { percentile } from '../statistics/percentile.ts';
import type { PairedRequests } from './paired-requests.ts';

export interface LatencyRatio {
  quantity: Quantity;
  /** Median log ratio of each block that has pairs. */
  blockMedians: number[];
  /** Over the blocks, in logarithms. */
  logs: MeanInterval;
}

/** Of one endpoint, or of all. null where no block has a pair. */
export function latencyRatio(
  blocks: readonly PairedRequests[],
  confidence: number,
  endpoint: string | null = null,
): LatencyRatio | null {
  const logs = blocks.map((block) =>
    endpoint === null ? block.logRatios : block.logRatios.filter((_, index) => block.endpoint[index] === endpoint),
  );
  const blockMedians = logs.flatMap((ratios) => percentile(ratios, 0.5) ?? []);
  if (blockMedians.length === 0) return null;
  const mean = blockMeanInterval(blockMedians, confidence);
  const [lower, upper] = mean.interval;
  return {
    quantity: {
      value: Math.exp(mean.mean),
      unit: 'ratio',
      direction: 'lower-is-better',
      samples: logs.reduce((total, ratios) => total + ratios.length, 0),
      // The block is what repeats independently.
      effectiveSamples: blockMedians.length,
      interval: [lower === null ? null : Math.exp(lower), upper === null ? null : Math.exp(upper)],
      confidence,
    },
    blockMedians,
    logs: mean,
  };
}

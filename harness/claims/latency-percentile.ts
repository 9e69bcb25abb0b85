/** A percentile of the merged requests of all blocks, with its interval on their effective number, beside a limit. */
import type { Quantity } from '../model/quantity.ts';
import { countExceedances } from '../statistics/count-exceedances.ts';
import { type EffectiveSampleSize, effectiveSampleSize } from '../statistics/effective-sample-size.ts';
import { percentileOfSorted, sortedCopy } from '../statistics/percentile.ts';
import { quantileInterval } from '../statistics/quantile-interval.ts';
import type { RequestColumns } from './request-columns.ts';

/** Latencies of one second share one queue, one garbage collection, one checkpoint: the unit in which correlation is looked for. */
const windowMs = 1000;

export interface PercentileGate {
  limit: number;
  /** 99 for p99. */
  percentile: number;
  confidence: number;
}

export interface LatencyPercentile {
  quantity: Quantity;
  /** Requests that took less than the limit. */
  belowLimit: number;
  failed: number;
  /** null where the measured time is too short to estimate the correlation. */
  effective: EffectiveSampleSize | null;
}

/**
 * null where there are no requests.
 * A failed request counts as having taken at least the limit: no answer is not a fast answer. For the rest of what errors do to a
 * measurement there is the guard error-share.
 */
export function latencyPercentile(blocks: readonly RequestColumns[], gate: PercentileGate): LatencyPercentile | null {
  const level = gate.percentile / 100;
  const counted = blocks.map((block) => countedMs(block, gate.limit));
  const sorted = sortedCopy(merge(counted));
  const value = percentileOfSorted(sorted, level);
  if (value === null) return null;
  const windows = blocks.map((block, index) =>
    countExceedances({
      at: block.startedAtMs,
      values: counted[index] ?? new Float64Array(),
      from: block.fromMs,
      to: block.toMs,
      windowLength: windowMs,
      threshold: value,
    }),
  );
  const effective = effectiveSampleSize(windows, gate.confidence);
  const effectiveSamples = effective?.effectiveSamples ?? 0;
  return {
    quantity: {
      value,
      unit: 'ms',
      direction: 'lower-is-better',
      samples: sorted.length,
      effectiveSamples,
      interval: quantileInterval({ sorted, effectiveSamples, level, confidence: gate.confidence }),
      confidence: gate.confidence,
    },
    belowLimit: sorted.filter((durationMs) => durationMs < gate.limit).length,
    failed: blocks.reduce((total, block) => total + block.failed.reduce((sum, one) => sum + one, 0), 0),
    effective,
  };
}

function countedMs({ durationMs, failed }: RequestColumns, limitMs: number): Float64Array {
  return durationMs.map((value, index) => (failed[index] === 1 ? Math.max(value, limitMs) : value));
}

function merge(columns: readonly Float64Array[]): Float64Array {
  const merged = new Float64Array(columns.reduce((total, column) => total + column.length, 0));
  let offset = 0;
  for (const column of columns) {
    merged.set(column, offset);
    offset += column.length;
  }
  return merged;
}

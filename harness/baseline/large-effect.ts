/** How much a figure must change between two runs before the change is called one, and what the policy makes of that. */
import type { Level } from '../model/policy-entry.ts';
import type { Metric } from '../model/metric.ts';

export interface LargeEffect {
  /** Of the baseline's value. */
  share: number;
  /** In the unit of the metric: below it a change is too small to matter, however large in per cent. */
  floor: number;
  level: Level;
}

/** What a policy says of a figure; what it leaves out is as below. */
export interface EffectPolicy {
  limitRatio?: number | null | undefined;
  floor?: number | null | undefined;
  level?: Level | undefined;
}

/** What a policy says of the metric of this id; undefined: nothing. */
export type EffectOf = (metric: Pick<Metric, 'id'>) => EffectPolicy | undefined;

/**
 * Two runs at different times differ by more than their intervals say: another neighbour on the machine, another layout in memory.
 * So only what is larger than that is called: a quarter for latencies, a tenth for what is paired within its run or held by the load.
 * For less there is a comparison of two arms that run at the same time.
 */
const latencyShare = 0.25;
const steadyShare = 0.1;
const latencyFloorsMs: Record<string, number> = { p50: 1, p95: 2, p99: 5 };
const otherLatencyFloorMs = 5;

export function largeEffect(metric: Metric, effectOf: EffectOf = () => undefined): LargeEffect {
  const { share, floor } = usualEffect(metric);
  const { limitRatio, floor: own, level } = effectOf(metric) ?? {};
  const asked = typeof limitRatio === 'number' ? limitRatio - 1 : share;
  return { share: asked, floor: own ?? floor, level: level ?? 'error' };
}

/** The last part of a metric's id: p99 of target.p99. */
export function figureOf({ id }: Pick<Metric, 'id'>): string {
  return id.slice(id.lastIndexOf('.') + 1);
}

function usualEffect(metric: Metric): Pick<LargeEffect, 'share' | 'floor'> {
  if (metric.quantity.unit !== 'ms') return { share: steadyShare, floor: 0 };
  return { share: latencyShare, floor: latencyFloorsMs[figureOf(metric)] ?? otherLatencyFloorMs };
}

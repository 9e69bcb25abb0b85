/** One figure of a run beside the same of the baseline: worse, better, no change that can be told, or nothing to decide by. */
import type { MetricComparison, MetricOutcome } from '../model/baseline-comparison.ts';
import type { Metric } from '../model/metric.ts';
import type { Quantity } from '../model/quantity.ts';
import type { LargeEffect } from './large-effect.ts';

export interface MetricQuestion {
  baseline: Metric;
  /** null where the run has no such figure. */
  run: Metric | null;
  /** Why a figure of the run would decide nothing, else null. */
  against: string | null;
  /** How much is called a change. */
  effect: LargeEffect;
}

export function compareMetric({ baseline, run, against, effect }: MetricQuestion): MetricComparison {
  const before = baseline.quantity;
  const now = run?.quantity ?? null;
  const row = { metric: baseline.id, title: baseline.title, baseline: before, run: now };
  const problem = against ?? problemOf(before, now);
  if (now === null || problem !== null) {
    return { ...row, outcome: 'undecided', change: null, explanation: `${problem ?? 'not measured'}.` };
  }
  const outcome = outcomeOf(baseline, now, effect);
  const change = before.value === 0 ? null : now.value / before.value - 1;
  return { ...row, outcome, change, explanation: explain(baseline, now, { outcome, effect }) };
}

/** What stands in the way of ever calling the run worse: then its silence would say nothing. */
function problemOf(before: Quantity, now: Quantity | null): string | null {
  if (now === null) return 'the run did not measure it';
  if (now.unit !== before.unit || now.direction !== before.direction)
    return `the baseline has it in ${before.unit}, ${before.direction}, the run in ${now.unit}, ${now.direction}`;
  if (now.confidence !== before.confidence)
    return `its interval has a confidence of ${now.confidence}, the baseline's ${before.confidence}`;
  const [low] = badSideUp(now);
  const [, highBefore] = badSideUp(before);
  if (low === null) return unbounded('its interval', now);
  if (highBefore === null) return unbounded('the interval that it is held against', before);
  return null;
}

/** Requests that hang together count for fewer: what the interval goes by is not how many there were. */
function unbounded(whose: string, { samples, effectiveSamples }: Quantity): string {
  const count =
    effectiveSamples === undefined ? `n = ${samples}` : `n_eff = ${Math.round(effectiveSamples)} of ${samples}`;
  return `${whose} is not bounded: too few independent samples (${count})`;
}

/** The interval with its sign turned where more is better, so that up is bad. */
function badSideUp({ interval: [low, high], direction }: Quantity): Quantity['interval'] {
  if (direction === 'lower-is-better') return [low, high];
  return [high === null ? null : -high, low === null ? null : -low];
}

function outcomeOf(baseline: Metric, now: Quantity, effect: LargeEffect): MetricOutcome {
  const [lowBefore, highBefore] = badSideUp(baseline.quantity);
  const [low, high] = badSideUp(now);
  const sign = now.direction === 'lower-is-better' ? 1 : -1;
  const worseBy = sign * (now.value - baseline.quantity.value);
  if (Math.abs(worseBy) <= minimumOf(baseline, effect)) return 'no-change';
  if (worseBy > 0) return low !== null && highBefore !== null && low > highBefore ? 'worse' : 'no-change';
  return high !== null && lowBefore !== null && high < lowBefore ? 'better' : 'no-change';
}

function minimumOf(metric: Metric, { share, floor }: LargeEffect): number {
  return Math.max(share * Math.abs(metric.quantity.value), floor);
}

function explain(
  baseline: Metric,
  now: Quantity,
  { outcome, effect }: { outcome: MetricOutcome; effect: LargeEffect },
): string {
  const figures = `${text(now)} instead of ${text(baseline.quantity)}`;
  const minimum = `${numberText(minimumOf(baseline, effect))} ${now.unit}`;
  if (outcome === 'no-change')
    return `${figures}: no change that can be told from two runs at different times (the intervals must lie apart, and the change must exceed ${minimum}).`;
  return `${figures}: the intervals lie apart, and the change exceeds ${minimum}.`;
}

function text({ value, unit, interval: [low, high] }: Quantity): string {
  return `${numberText(value)} ${unit} [${low === null ? '?' : numberText(low)}, ${high === null ? '?' : numberText(high)}]`;
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(3)));
}

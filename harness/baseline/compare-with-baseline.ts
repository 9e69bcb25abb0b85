/**
 * Holds the figures of a run against a baseline. They were measured at different times, so only large effects are called:
 * the intervals must lie apart and the change must exceed the stated minimum (large-effect.ts).
 *
 * Two intervals with one-sided 95 % bounds that lie apart are a stricter test than one at 5 %: of two equal normal estimates with the same
 * spread, one lies so far above the other in 1 of 100 cases (Schenker & Gentleman 2001, The American Statistician 55:182). That is
 * what chance inside the runs does; what differs between times is the reason for the minimum.
 */
import type { Baseline, Fingerprint } from '../model/baseline.ts';
import type { BaselineComparison, FingerprintDifference, MetricComparison } from '../model/baseline-comparison.ts';
import { failedGuardsOf } from '../model/failed-guards.ts';
import type { Metric } from '../model/metric.ts';
import type { Validity } from '../model/result.ts';
import { type Verdict, mergeVerdicts } from '../model/verdict.ts';
import { compareFingerprints } from './compare-fingerprints.ts';
import { compareMetric } from './compare-metric.ts';
import { largeEffect } from './large-effect.ts';
import type { RelativePolicy } from './relative-policy.ts';

export interface MeasuredRun {
  fingerprint: Fingerprint;
  metrics: readonly Metric[];
  validity: readonly Validity[];
  /** Why the run ended early; null when it went to its end. */
  incomplete: string | null;
}

const verdictOf: Record<MetricComparison['outcome'], Verdict> = {
  worse: 'fail',
  undecided: 'inconclusive',
  better: 'pass',
  'no-change': 'pass',
};

/** Without a policy the usual minima, and no figure that must be there. */
const usual: RelativePolicy = { effectOf: () => undefined, required: [] };

export function compareWithBaseline(
  baseline: Baseline,
  run: MeasuredRun,
  policy: RelativePolicy = usual,
): BaselineComparison {
  const differences = compareFingerprints(baseline.fingerprint, run.fingerprint);
  if (differences.length > 0) {
    const why = 'The run cannot be held against the baseline, which was measured under other conditions';
    const reasons = [`${why}: ${differences.map(describeDifference).join('; ')}.`];
    return { verdict: 'inconclusive', reasons, differences, metrics: [] };
  }
  const levelled = baseline.metrics.map((metric) => ({ metric, effect: largeEffect(metric, policy.effectOf) }));
  const judged = levelled
    .filter(({ effect }) => effect.level !== 'off')
    .map(({ metric, effect }) => ({
      level: effect.level,
      comparison: compareMetric({
        baseline: metric,
        run: run.metrics.find(({ id }) => id === metric.id) ?? null,
        against: reasonAgainst(metric, run),
        effect,
      }),
    }));
  const lacking = policy.required.filter((id) => !baseline.metrics.some((metric) => metric.id === id));
  const deciding = judged.filter(({ level }) => level === 'error').map(({ comparison }) => comparison);
  const warnings = judged.filter(({ level }) => level === 'warn').map(({ comparison }) => comparison);
  const off = levelled.filter(({ effect }) => effect.level === 'off').map(({ metric }) => metric.id);
  const verdict = mergeVerdicts([
    ...deciding.map(({ outcome }) => verdictOf[outcome]),
    ...lacking.map(() => 'inconclusive' as const),
  ]);
  const reasons = [
    ...lacking.map((id) => `${id} is to be held against the baseline, which has no such figure: save it anew.`),
    ...reasonsOf(deciding, baseline),
    ...warnings.filter(({ outcome }) => outcome === 'worse').map(warn),
    ...(off.length === 0 ? [] : [`Switched off by the policy: ${off.join(', ')}.`]),
  ];
  return { verdict, reasons, differences, metrics: judged.map(({ comparison }) => comparison) };
}

function warn({ metric, explanation }: MetricComparison): string {
  return `${metric} is worse than the baseline, a warning only by the policy: ${explanation}`;
}

/** Why a figure of the run decides nothing; null when it does. */
export function reasonAgainst(
  { experiment }: Metric,
  { validity, incomplete }: Pick<MeasuredRun, 'validity' | 'incomplete'>,
): string | null {
  if (incomplete !== null) return `the run did not go to its end (${incomplete})`;
  const failed = failedGuardsOf(experiment, validity);
  if (failed.length === 0) return null;
  return `the run is invalid for it: guard ${[...new Set(failed.map(({ id }) => id))].join(', ')} failed`;
}

function describeDifference({ name, baseline, run }: FingerprintDifference): string {
  return `${name} was ${baseline ?? 'not there'} and is ${run ?? 'not there'}`;
}

function reasonsOf(metrics: readonly MetricComparison[], { runId, measuredAt }: Baseline): string[] {
  const told = (outcome: MetricComparison['outcome'], word: string) =>
    metrics
      .filter((metric) => metric.outcome === outcome)
      .map(({ metric, explanation }) => `${metric} ${word}: ${explanation}`);
  const same = metrics.filter(({ outcome }) => outcome === 'no-change').length;
  return [
    ...told('worse', 'is worse than the baseline'),
    ...told('undecided', 'cannot be held against the baseline'),
    ...told('better', 'is better than the baseline'),
    `${same} of ${metrics.length} metrics show no change against run ${runId} of ${measuredAt} that can be told from two runs at different times.`,
  ];
}

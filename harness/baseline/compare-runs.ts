/**
 * Holds two stored runs against each other. They were measured at different times, so it is what `gate --against` does, with the
 * guards of both: equal conditions, and only large effects are called.
 */
import type { FingerprintDifference, MetricComparison } from '../model/baseline-comparison.ts';
import type { Metric } from '../model/metric.ts';
import type { Quantity } from '../model/quantity.ts';
import { type Verdict, mergeVerdicts } from '../model/verdict.ts';
import { compareFingerprints } from './compare-fingerprints.ts';
import { compareMetric } from './compare-metric.ts';
import { type MeasuredRun, reasonAgainst } from './compare-with-baseline.ts';
import { type EffectOf, largeEffect } from './large-effect.ts';

export interface ComparedMetric {
  metric: string;
  title: string;
  outcome: MetricComparison['outcome'];
  first: Quantity | null;
  second: Quantity | null;
  /** Second to first; null where there is nothing to divide. */
  ratio: { value: number; interval: Quantity['interval'] } | null;
  explanation: string;
}

export interface RunComparison {
  verdict: Verdict;
  /** Most important first. */
  reasons: string[];
  differences: FingerprintDifference[];
  metrics: ComparedMetric[];
}

const verdictOf: Record<ComparedMetric['outcome'], Verdict> = {
  worse: 'fail',
  undecided: 'inconclusive',
  better: 'pass',
  'no-change': 'pass',
};

export function compareRuns(first: MeasuredRun, second: MeasuredRun, effectOf: EffectOf): RunComparison {
  const differences = compareFingerprints(first.fingerprint, second.fingerprint);
  if (differences.length > 0) {
    const told = differences.map(({ name, baseline, run }) => `${name} (${baseline ?? 'none'}, ${run ?? 'none'})`);
    const reasons = [`The runs were measured under different conditions, so nothing is called: ${told.join('; ')}.`];
    return { verdict: 'inconclusive', reasons, differences, metrics: [] };
  }
  const ids = [...new Set([...first.metrics, ...second.metrics].map(({ id }) => id))];
  const compared = ids.flatMap((id) => compareOne(id, { first, second, effectOf }));
  const deciding = compared.filter(({ level }) => level === 'error').map(({ row }) => row);
  return {
    verdict: mergeVerdicts(deciding.map(({ outcome }) => verdictOf[outcome])),
    reasons: reasonsOf(deciding),
    differences,
    metrics: compared.map(({ row }) => row),
  };
}

function compareOne(id: string, of: { first: MeasuredRun; second: MeasuredRun; effectOf: EffectOf }) {
  const before = of.first.metrics.find((metric) => metric.id === id) ?? null;
  const after = of.second.metrics.find((metric) => metric.id === id) ?? null;
  const known = before ?? after;
  if (known === null) return [];
  const effect = largeEffect(known, of.effectOf);
  if (effect.level === 'off') return [];
  const row = before === null ? onlyInSecond(known) : compareBoth(before, after, { ...of, effect });
  return [{ level: effect.level, row }];
}

function onlyInSecond({ id, title, quantity }: Metric): ComparedMetric {
  const explanation = 'the first run did not measure it.';
  return { metric: id, title, outcome: 'undecided', first: null, second: quantity, ratio: null, explanation };
}

function compareBoth(
  before: Metric,
  after: Metric | null,
  of: { first: MeasuredRun; second: MeasuredRun; effect: ReturnType<typeof largeEffect> },
): ComparedMetric {
  const ofFirst = reasonAgainst(before, of.first);
  const ofSecond = reasonAgainst(before, of.second);
  const against = [
    ...(ofFirst === null ? [] : [`of the first, ${ofFirst}`]),
    ...(ofSecond === null ? [] : [`of the second, ${ofSecond}`]),
  ].join('; ');
  const { metric, title, outcome, run, explanation } = compareMetric({
    baseline: before,
    run: after,
    against: against === '' ? null : against,
    effect: of.effect,
  });
  const { quantity } = before;
  return {
    ...{ metric, title, outcome, first: quantity, second: run, explanation },
    ratio: run === null ? null : ratioOf(quantity, run),
  };
}

/**
 * Both bounds at once: the largest of the second to the smallest of the first, and the other way round. With one-sided bounds at c it
 * holds with at least 2c − 1 on each side (Bonferroni), which is wider than need be, and needs nothing else.
 */
function ratioOf(first: Quantity, second: Quantity): ComparedMetric['ratio'] {
  if (!(first.value > 0)) return null;
  const [lowFirst, highFirst] = first.interval;
  const [low, high] = second.interval;
  return {
    value: second.value / first.value,
    interval: [
      low === null || highFirst === null || !(highFirst > 0) ? null : low / highFirst,
      high === null || lowFirst === null || !(lowFirst > 0) ? null : high / lowFirst,
    ],
  };
}

function reasonsOf(rows: readonly ComparedMetric[]): string[] {
  const told = (outcome: ComparedMetric['outcome'], word: string) =>
    rows.filter((row) => row.outcome === outcome).map(({ metric, explanation }) => `${metric} ${word}: ${explanation}`);
  const same = rows.filter(({ outcome }) => outcome === 'no-change').length;
  return [
    ...told('worse', 'is worse in the second run'),
    ...told('undecided', 'cannot be compared'),
    ...told('better', 'is better in the second run'),
    rows.length === 0
      ? 'The runs have no figure that could be compared.'
      : `${same} of ${rows.length} figures show no change that can be told from two runs at different times; for smaller effects, compare both builds live.`,
  ];
}

/** A passing, valid run → its baseline, or why it cannot be one. */
import { type Baseline, baselineSchemaVersion, type Fingerprint } from '../model/baseline.ts';
import type { Metric } from '../model/metric.ts';
import type { Result } from '../model/result.ts';

export interface BaselineParts {
  result: Result;
  fingerprint: Fingerprint;
  metrics: readonly Metric[];
  savedAt: string;
}

/** `leftOut`: metrics whose interval is open on the side that a later run is held against, so that nothing could ever be told. */
type BuiltBaseline = { baseline: Baseline; leftOut: Metric[] } | { refused: string[] };

export function buildBaseline({ result, fingerprint, metrics, savedAt }: BaselineParts): BuiltBaseline {
  const comparable = metrics.filter(isBounded);
  const refused = reasonsAgainst(result, comparable);
  if (refused.length > 0) return { refused };
  return {
    baseline: {
      schemaVersion: baselineSchemaVersion,
      runId: result.runId,
      measuredAt: result.startedAt,
      savedAt,
      profile: result.profile,
      commit: result.environment.gitSha,
      dirty: result.environment.dirty,
      fingerprint,
      metrics: comparable,
    },
    leftOut: metrics.filter((metric) => !isBounded(metric)),
  };
}

function isBounded({ quantity: { direction, interval } }: Metric): boolean {
  return (direction === 'lower-is-better' ? interval[1] : interval[0]) !== null;
}

function reasonsAgainst(result: Result, comparable: readonly Metric[]): string[] {
  const failed = result.validity.filter(({ ok }) => !ok);
  return [
    ...(result.plantedDefect === null ? [] : [`A defect was planted on purpose (${result.plantedDefect}).`]),
    ...(result.verdict === 'pass' ? [] : [`The verdict of the run is ${result.verdict}.`, ...result.reasons]),
    // A pass may have failed guards where nothing was gated; its figures there are still not to be trusted.
    ...failed.map(({ id, scope, why }) => `Guard ${id} failed${scope === null ? '' : ` in ${scope}`}: ${why}`),
    // Where a guard does not count, nobody knows whether the run was valid.
    ...(result.policy?.switchedOff ?? [])
      .filter((id) => id.startsWith('guard '))
      .map((id) => `The policy switched off ${id}: the run is not known to be valid.`),
    ...(result.policy?.warnings ?? []),
    ...(comparable.length === 0
      ? ['No metric of the run has an interval that a later run could be held against.']
      : []),
  ].filter((reason, index, all) => all.indexOf(reason) === index);
}

/** What a policy says of comparisons between runs: how much is called, what is only told, and which figures must be there. */
import { allClaims } from '../claims/all-claims.ts';
import { experimentsOfGate } from '../claims/gates/gate-experiments.ts';
import type { Experiment } from '../model/experiment.ts';
import type { PolicyGate } from '../model/policy-gate.ts';
import { policyGates } from '../model/policy-gates.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { gateMetricId, relativeGates, requiredGateMetrics } from './gate-metrics.ts';
import { type EffectOf, type EffectPolicy, figureOf } from './large-effect.ts';

export interface RelativePolicy {
  effectOf: EffectOf;
  /** Metrics that the policy judges relative to the baseline, and that decide: without one of them nothing is decided. */
  required: string[];
}

/** A claim or gate that says `relativeTo` goes before what the policy says of its kind of figure. */
export function relativePolicy(thresholds: Thresholds, experiments: readonly Experiment[]): RelativePolicy {
  const gates = policyGates(thresholds);
  const named = new Map([...ofClaims(thresholds, experiments), ...ofGates(gates, experiments)]);
  const { baseline = {} } = thresholds;
  const kinds = new Map<string, EffectPolicy | undefined>(Object.entries(baseline));
  const ofClaim = ofClaims(thresholds, experiments).filter(([, { level }]) => (level ?? 'error') === 'error');
  return {
    effectOf: (metric) => named.get(metric.id) ?? kinds.get(figureOf(metric)),
    required: [...ofClaim.map(([id]) => id), ...requiredGateMetrics(gates, experiments)],
  };
}

/** Of the claims about a percentile or the paired cost: their metric, and what they say of it. */
function ofClaims({ claims }: Thresholds, experiments: readonly Experiment[]): [string, EffectPolicy][] {
  return allClaims.flatMap(({ id, experimentId }): [string, EffectPolicy][] => {
    const gate = claims[id];
    if (!('relativeTo' in gate) || gate.relativeTo === undefined) return [];
    if (!experiments.some((experiment) => experiment.id === experimentId)) return [];
    const metric = gate.unit === 'ms' ? `${experimentId}.p99` : `${experimentId}.ratio`;
    return [[metric, { limitRatio: gate.limitRatio, floor: gate.floor, level: gate.level }]];
  });
}

function ofGates(gates: readonly PolicyGate[], experiments: readonly Experiment[]): [string, EffectPolicy][] {
  return relativeGates(gates).flatMap((gate) =>
    experimentsOfGate(gate, experiments).map(({ id }): [string, EffectPolicy] => [
      gateMetricId(gate, id),
      { ...gate.relative, level: gate.level },
    ]),
  );
}

/** The figures of gates that are held against a baseline, for each experiment that they speak of. */
import { experimentsOfGate } from '../claims/gates/gate-experiments.ts';
import { judgeGates } from '../claims/gates/judge-gates.ts';
import type { Evidence } from '../model/claim.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Metric } from '../model/metric.ts';
import type { PolicyGate } from '../model/policy-gate.ts';

/** Of each bound, one-sided: as of the other metrics, whatever the gate asks for its own limit. */
const confidence = 0.95;

export function gateMetricId(gate: PolicyGate, experimentId: string): string {
  return `${experimentId}.${gate.figure}`;
}

export function relativeGates(gates: readonly PolicyGate[]): PolicyGate[] {
  return gates.filter(({ relative, level }) => relative !== null && level !== 'off');
}

export function gateMetrics(evidence: Evidence, gates: readonly PolicyGate[]): Metric[] {
  // Without a limit a failed request counts with the time it took: the figure must not hang on the policy of the day.
  const figures = relativeGates(gates).map((gate) => ({ ...gate, condition: null, confidence }));
  const judged = judgeGates(evidence, figures, { figures: 1, looksAt: () => null });
  const found = judged.flatMap(({ gate, parts }) =>
    parts.flatMap(({ experimentId, judgement }): Metric[] => {
      const { quantity } = judgement;
      const title = `${gate.figure}, ${experimentId}`;
      const id = gateMetricId(gate, experimentId);
      return quantity === undefined ? [] : [{ id, experiment: experimentId, title, quantity }];
    }),
  );
  return found.filter(({ id }, index) => found.findIndex((other) => other.id === id) === index);
}

/** Ids of the metrics that a run of these experiments must have for its relative gates; of gates that decide. */
export function requiredGateMetrics(gates: readonly PolicyGate[], experiments: readonly Experiment[]): string[] {
  return relativeGates(gates)
    .filter(({ level }) => level === 'error')
    .flatMap((gate) => {
      const found = experimentsOfGate(gate, experiments);
      return found.length === 0 ? [gate.id] : found.map(({ id }) => gateMetricId(gate, id));
    });
}

/** Judges the gates of one's own by the same statistics as the claims, a part for each experiment that a gate speaks of. */
import type { Evidence } from '../../model/claim.ts';
import type { Experiment } from '../../model/experiment.ts';
import type { Judgement } from '../../model/finding.ts';
import type { GateMetric } from '../../model/gate-selector.ts';
import type { GateAggregation, GateCondition, JudgedGate, PolicyGate } from '../../model/policy-gate.ts';
import { confidenceOfShare } from '../../statistics/spend-error.ts';
import { inconclusive } from '../inconclusive.ts';
import { confidenceText, numberText } from '../number-text.ts';
import { countFigure } from './count-figure.ts';
import { decideCondition } from './decide-condition.ts';
import { extremeFigure } from './extreme-figure.ts';
import { failedShareFigure } from './failed-share-figure.ts';
import { appliesTo, experimentsOfGate } from './gate-experiments.ts';
import type { FigureOf, GateFigure } from './gate-figure.ts';
import { gateRequests } from './gate-requests.ts';
import { averageFigure, requestRateFigure } from './mean-figure.ts';
import { percentileFigure } from './percentile-figure.ts';

export interface GateErrors {
  /** Among how many figures the stated error is shared, claims included. */
  figures: number;
  looksAt: (experimentId: string) => number | null;
}

const figureFor: Record<Exclude<GateAggregation, 'rate'>, FigureOf> = {
  avg: averageFigure,
  min: extremeFigure,
  max: extremeFigure,
  percentile: percentileFigure,
  count: countFigure,
};
const rateFor: Record<GateMetric, FigureOf> = {
  http_req_duration: averageFigure,
  http_req_failed: failedShareFigure,
  http_reqs: requestRateFigure,
};

/** Those that are switched off are not judged: they have no part. */
export function judgeGates(evidence: Evidence, gates: readonly PolicyGate[], errors: GateErrors): JudgedGate[] {
  return gates.map((gate) => {
    if (gate.level === 'off') return { gate, parts: [], missing: 'Switched off by the policy: not judged.' };
    if (!appliesTo(gate, evidence.experiments)) {
      return { gate, parts: [], missing: 'Not measured: two builds were compared, and the gate names neither.' };
    }
    const experiments = experimentsOfGate(gate, evidence.experiments);
    const parts = experiments.map((experiment) => ({
      experimentId: experiment.id,
      judgement: judgeSafely(evidence, experiment, { gate, errors }),
    }));
    return { gate, parts, missing: null };
  });
}

/** Estimates that the verdict depends on: each takes its share of the error. Those with the same figure share one interval. */
export function countGateFigures(gates: readonly PolicyGate[], experiments: readonly Experiment[]): number {
  const estimated = gates.filter((gate) => gate.level === 'error' && gate.condition !== null && isEstimate(gate));
  const figures = estimated
    .filter((gate) => appliesTo(gate, experiments))
    .flatMap((gate) => experimentsOfGate(gate, experiments).map(({ id }) => `${gate.figure} ${id}`));
  return new Set(figures).size;
}

function isEstimate({ aggregation }: PolicyGate): boolean {
  return aggregation === 'avg' || aggregation === 'percentile' || aggregation === 'rate';
}

interface Question {
  gate: PolicyGate;
  errors: GateErrors;
}

function judgeSafely(evidence: Evidence, experiment: Experiment, question: Question): Judgement {
  try {
    return judgePart(evidence, experiment, question);
  } catch (error) {
    const reason = `The judge of this gate crashed: ${error instanceof Error ? error.message : String(error)}.`;
    return inconclusive({ reason, needs: 'a judge that works: this is a defect of signoff' });
  }
}

function judgePart(evidence: Evidence, experiment: Experiment, { gate, errors }: Question): Judgement {
  const requests = gateRequests(evidence, experiment, gate);
  if ('missing' in requests) return inconclusive(requests.missing);
  const { blocks, population } = requests;
  const sharing = gate.level === 'error' && gate.condition !== null && isEstimate(gate);
  const share = { confidence: gate.confidence, figures: errors.figures, look: errors.looksAt(experiment.id) };
  const confidence = sharing ? confidenceOfShare(share) : gate.confidence;
  const figureOf = gate.aggregation === 'rate' ? rateFor[gate.selector.metric] : figureFor[gate.aggregation];
  const figure = figureOf({ gate, blocks, population, confidence });
  if (figure === null) return inconclusive({ reason: 'No request to measure.', needs: 'a run with such requests' });
  if (gate.condition === null) {
    const reason = 'It is judged only against a baseline.';
    const { quantity, evidence: rows } = figure;
    return inconclusive({ reason, needs: '`gate --against FILE`', quantity, evidence: rows });
  }
  return decide(figure, gate, gate.condition);
}

function decide(figure: GateFigure, gate: PolicyGate, condition: GateCondition): Judgement {
  const { quantity, evidence, tooFew, needs } = figure;
  const decision = decideCondition(quantity.interval, condition);
  const limit = `${condition.operator} ${numberText(condition.limit)} ${gate.unit}`;
  const said = `${numberText(quantity.value)} ${gate.unit}${boundsText(figure, gate)}`;
  if (decision === 'false') return { outcome: 'broken', quantity, evidence, explanation: `${said}: not ${limit}.` };
  if (decision === 'true' && tooFew === null) {
    return { outcome: 'holds', quantity, evidence, explanation: `${said}: ${limit}.` };
  }
  const why = tooFew ?? 'its interval lies around the limit';
  return inconclusive({ reason: `${said}, but ${why}.`, needs, quantity, evidence });
}

function boundsText({ quantity }: GateFigure, gate: PolicyGate): string {
  if (!isEstimate(gate)) return ' in this run';
  const [lower, upper] = quantity.interval.map((bound) => (bound === null ? '?' : numberText(bound)));
  return ` [${lower}, ${upper}], each bound with ${confidenceText(quantity.confidence)} % confidence`;
}

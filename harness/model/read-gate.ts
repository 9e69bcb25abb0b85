/** An entry of `gates` in thresholds.json → the gate that is judged, or everything that is wrong with it. */
import {
  type Aggregation,
  type Expression,
  normaliseOperator,
  problemOfCondition,
  readAggregation,
  readExpression,
} from './gate-expression.ts';
import type { GateProblem } from './gate-problem.ts';
import type { GateEntry, GateObject } from './gate-schema.ts';
import { type GateSelector, selectorText } from './gate-selector.ts';
import type { GateCondition, PolicyGate } from './policy-gate.ts';

const defaultConfidence = 0.95;
/** Fewer would let chance decide; a percentile needs as many as its level asks beside it. */
const defaultMinimumSamples = 30;

export function readGate(selector: GateSelector, entry: GateEntry): PolicyGate | GateProblem[] {
  const options: GateObject = typeof entry === 'string' ? { threshold: entry } : entry;
  const contradictions = problemsOfOptions(options);
  const written = readWritten(selector, options);
  if (contradictions.length > 0) return [...contradictions, ...(isProblems(written) ? written : [])];
  if (isProblems(written)) return written;
  const aggregation = readAggregation(selector.metric, written.aggregation);
  if (isProblems(aggregation)) return aggregation;
  const { problems, condition } = readCondition(aggregation, written.condition, options);
  if (problems.length > 0) return problems;
  const figure = `${selectorText(selector)} ${written.aggregation}`;
  const isShare = aggregation.unit === 'ratio';
  const { confidence, minimumSamples, level, relativeTo, limitRatio, floor } = options;
  return {
    id: condition === null ? `${figure} against the baseline` : `${figure}${condition.operator}${condition.limit}`,
    figure,
    selector,
    ...aggregation,
    ...(isShare ? { unit: '%' } : {}),
    condition: condition !== null && isShare ? { ...condition, limit: percentOf(condition.limit) } : condition,
    confidence: confidence ?? defaultConfidence,
    minimumSamples: minimumSamples ?? defaultMinimumSamples,
    level: level ?? 'error',
    relative: relativeTo === undefined ? null : { limitRatio: limitRatio ?? null, floor: floor ?? null },
  };
}

interface Written {
  aggregation: string;
  condition: Pick<Expression, 'operator' | 'limit'> | null;
}

function readWritten({ metric }: GateSelector, options: GateObject): Written | GateProblem[] {
  const { threshold, aggregation, operator, limit } = options;
  if (threshold !== undefined) {
    const read = readExpression(threshold);
    return isProblems(read) ? read : { aggregation: read.aggregation, condition: read };
  }
  if (aggregation === undefined) return [wrong('', 'is', options, 'an object with threshold, or with aggregation')];
  if (limit === undefined) return { aggregation, condition: null };
  return { aggregation, condition: { operator: operator ?? (metric === 'http_reqs' ? '>' : '<'), limit } };
}

/** What cannot stand together. */
function problemsOfOptions(options: GateObject): GateProblem[] {
  const { threshold, aggregation, operator, limit, unit, relativeTo, limitRatio, floor } = options;
  const beside = { aggregation, operator, limit, unit };
  const twice =
    threshold === undefined
      ? []
      : Object.entries(beside).flatMap(([name, value]) =>
          value === undefined ? [] : [wrong(name, 'is', value, `nothing beside threshold, which says it already`)],
        );
  const alone = Object.entries({ limitRatio, floor }).flatMap(([name, value]) =>
    value === undefined || relativeTo !== undefined ? [] : [wrong(name, 'is', value, 'only beside relativeTo')],
  );
  const nothing =
    threshold === undefined && limit === undefined && relativeTo === undefined && aggregation !== undefined
      ? [wrong('limit', 'is', undefined, 'a number, or relativeTo without a limit')]
      : [];
  return [...twice, ...alone, ...nothing];
}

function readCondition(
  aggregation: Aggregation,
  written: Written['condition'],
  { unit }: GateObject,
): { problems: GateProblem[]; condition: GateCondition | null } {
  const percent = unit === '%' && aggregation.unit === 'ratio';
  const problems =
    unit === undefined || unit === aggregation.unit || percent
      ? []
      : [wrong('unit', 'is', unit, aggregation.unit === 'ratio' ? '"ratio" or "%"' : `"${aggregation.unit}"`)];
  if (written === null) return { problems, condition: null };
  const limit = percent ? written.limit / 100 : written.limit;
  const impossible = problemOfCondition(aggregation, written.operator, limit);
  if (impossible !== null) problems.push(impossible);
  return { problems, condition: { operator: normaliseOperator(written.operator), limit } };
}

/** k6 has shares from 0 to 1; reports have per cent. */
function percentOf(share: number): number {
  return Number((share * 100).toPrecision(12));
}

function wrong(place: string, what: string, given: unknown, allowed: string): GateProblem {
  return { place, what, given, allowed };
}

export function isProblems(read: object): read is GateProblem[] {
  return Array.isArray(read);
}

/**
 * The conditions of k6's thresholds: `p(99)<500`, `rate<=0.01`, `count==0`; aggregation, operator, number, spaces between them at will.
 * The grammar is that of k6's documentation, "Thresholds", section "Threshold syntax" (grafana.com/docs/k6).
 */
import type { GateProblem } from './gate-problem.ts';
import { gateOperators } from './gate-schema.ts';
import type { GateMetric } from './gate-selector.ts';
import type { GateAggregation, GateOperator } from './policy-gate.ts';
import type { Unit } from './quantity.ts';

export interface Aggregation {
  aggregation: GateAggregation;
  /** Between 0 and 100; null where there is none. */
  percentile: number | null;
  unit: Unit;
}

export interface Expression {
  aggregation: string;
  operator: string;
  limit: number;
}

/** Of each metric, as k6's types have them: a trend, a rate, a counter. */
const namesOf: Record<GateMetric, readonly string[]> = {
  http_req_duration: ['avg', 'min', 'max', 'med', 'p(N)'],
  http_req_failed: ['rate'],
  http_reqs: ['count', 'rate'],
};

export function readExpression(text: string): Expression | GateProblem[] {
  const [, aggregation, operator, number] = /^([^<>=!]*)(<=|>=|===|==|!=|<|>)([^<>=!]*)$/.exec(text) ?? [];
  const value = number?.trim() ?? '';
  if (aggregation === undefined || operator === undefined || !/^\d+(\.\d+)?$/.test(value)) {
    const allowed = `aggregation, operator and number, for instance p(99)<500 or rate<0.01; operators are ${gateOperators.join(' ')}`;
    return [{ place: '', what: 'is', given: text, allowed }];
  }
  return { aggregation: aggregation.trim(), operator, limit: Number(value) };
}

export function readAggregation(metric: GateMetric, name: string): Aggregation | GateProblem[] {
  const names = namesOf[metric];
  if (metric === 'http_req_duration') {
    const [, level] = /^p\(([^()]*)\)$/.exec(name) ?? [];
    if (level !== undefined) return readPercentile(level);
    if (name === 'med') return { aggregation: 'percentile', percentile: 50, unit: 'ms' };
    const known = (['avg', 'min', 'max'] as const).find((each) => each === name);
    if (known !== undefined) return { aggregation: known, percentile: null, unit: 'ms' };
  }
  if (names.includes(name) && name === 'count') return { aggregation: 'count', percentile: null, unit: 'count' };
  if (names.includes(name) && name === 'rate') {
    return { aggregation: 'rate', percentile: null, unit: metric === 'http_reqs' ? '1/s' : 'ratio' };
  }
  const what = `has the unknown aggregation of ${metric}`;
  return [{ place: '', what, given: name, allowed: names.join(', '), known: names.filter((each) => each !== 'p(N)') }];
}

function readPercentile(text: string): Aggregation | GateProblem[] {
  const level = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : Number.NaN;
  if (level > 0 && level < 100) return { aggregation: 'percentile', percentile: level, unit: 'ms' };
  const allowed = 'a number above 0 and below 100 (for the extremes there are min and max)';
  return [{ place: '', what: 'has the percentile', given: text.trim(), allowed }];
}

/** Why a condition cannot be judged; null where it can. */
export function problemOfCondition(
  { aggregation, unit }: Aggregation,
  operator: string,
  limit: number,
): GateProblem | null {
  const equality = operator === '==' || operator === '===' || operator === '!=';
  if (equality && aggregation !== 'count') {
    const reason = 'an estimate with an interval is never known to equal a number; only a count is exact';
    return { place: '', what: 'has the operator', given: operator, allowed: `<, <=, >, >= (${reason})` };
  }
  const wrong = problemOfLimit(unit, operator, limit);
  return wrong === null ? null : { place: '', what: 'has the limit', given: limit, allowed: wrong };
}

function problemOfLimit(unit: Unit, operator: string, limit: number): string | null {
  if (unit === 'ms') return limit > 0 && limit <= 3_600_000 ? null : 'a time above 0 and of at most 3600000, in ms';
  if (unit === 'ratio') {
    if (limit < 0 || limit > 1) return 'a share from 0 to 1; 1 % is 0.01';
    const vacuous = (operator === '<=' && limit === 1) || (operator === '>=' && limit === 0);
    return vacuous ? 'a share that a run could miss' : null;
  }
  if (unit === 'count' && !Number.isInteger(limit)) return 'a whole number';
  return limit >= 0 ? null : 'a number of at least 0';
}

export function normaliseOperator(operator: string): GateOperator {
  return operator === '===' ? '==' : (operator as GateOperator);
}

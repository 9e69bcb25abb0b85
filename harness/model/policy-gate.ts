/** A gate of one's own as it is judged. */
import type { GateSelector } from './gate-selector.ts';
import type { Judgement } from './finding.ts';
import type { Level } from './policy-entry.ts';
import type { Unit } from './quantity.ts';

export type GateAggregation = 'avg' | 'min' | 'max' | 'percentile' | 'rate' | 'count';
export type GateOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';

export interface GateCondition {
  operator: GateOperator;
  /** In the unit of the gate. */
  limit: number;
}

export interface PolicyGate {
  /** Selector and condition, for instance "http_req_duration{endpoint:trades.list} p(99)<500". */
  id: string;
  /** Selector and aggregation: what is measured, whatever its limit. */
  figure: string;
  selector: GateSelector;
  aggregation: GateAggregation;
  /** 99 for p(99), 50 for med; null where there is none. */
  percentile: number | null;
  unit: Unit;
  /** null: it is held against a baseline only. */
  condition: GateCondition | null;
  confidence: number;
  minimumSamples: number;
  level: Level;
  /** What counts as worse than the baseline; null: it is not held against one. */
  relative: { limitRatio: number | null; floor: number | null } | null;
}

/** What was found of a gate in one experiment. */
export interface JudgedGatePart {
  experimentId: string;
  judgement: Judgement;
}

export interface JudgedGate {
  gate: PolicyGate;
  /** Each experiment that it speaks of; empty where this run has none. */
  parts: JudgedGatePart[];
  /** Why there is no part; null where there are. */
  missing: string | null;
}

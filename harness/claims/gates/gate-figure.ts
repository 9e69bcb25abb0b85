/** What a gate of one's own measures, with its interval, and what it would need to be decided. */
import type { EvidenceRow } from '../../model/finding.ts';
import type { PolicyGate } from '../../model/policy-gate.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { RequestColumns } from '../request-columns.ts';

export interface GateQuestion {
  gate: PolicyGate;
  blocks: readonly RequestColumns[];
  /** Requests that were looked at; more than `blocks` has where a counter asks for a status. */
  population: number;
  /** Of each bound, after the error was shared. */
  confidence: number;
}

export interface GateFigure {
  quantity: Quantity;
  evidence: EvidenceRow[];
  /** Why it must not hold yet; null where there is enough. */
  tooFew: string | null;
  needs: string;
}

/** null: nothing can be said of these requests. */
export type FigureOf = (question: GateQuestion) => GateFigure | null;

/** Without a condition: requests are wanted, time and failures are not. */
export function directionOf({ condition, selector }: PolicyGate): Quantity['direction'] {
  const operator = condition?.operator ?? (selector.metric === 'http_reqs' ? '>' : '<');
  return operator === '>' || operator === '>=' ? 'higher-is-better' : 'lower-is-better';
}

export function requestsIn(blocks: readonly RequestColumns[]): number {
  return blocks.reduce((total, { durationMs }) => total + durationMs.length, 0);
}

export function failedIn(blocks: readonly RequestColumns[]): number {
  return blocks.reduce((total, { failed }) => total + failed.reduce((sum, one) => sum + one, 0), 0);
}

export function measuredMs(blocks: readonly RequestColumns[]): number {
  return blocks.reduce((total, { fromMs, toMs }) => total + toMs - fromMs, 0);
}

/** No answer is not a fast answer: a failed request took at least the limit; of a lower limit, no time at all. */
function countedMs({ durationMs, failed }: RequestColumns, { condition }: PolicyGate): Float64Array {
  const limit = condition?.limit ?? 0;
  const isLower = condition?.operator === '>' || condition?.operator === '>=';
  return durationMs.map((value, index) => (failed[index] !== 1 ? value : isLower ? 0 : Math.max(value, limit)));
}

/** The same requests with these times, and none of them failed any more. */
export function asCounted(blocks: readonly RequestColumns[], gate: PolicyGate): RequestColumns[] {
  return blocks.map((block) => ({
    ...block,
    durationMs: countedMs(block, gate),
    failed: new Uint8Array(block.failed.length),
  }));
}

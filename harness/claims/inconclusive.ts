/** The judgement that nothing can be said, with why and what it would take. */
import type { EvidenceRow, Judgement } from '../model/finding.ts';
import type { Quantity } from '../model/quantity.ts';

export interface Inconclusive {
  reason: string;
  needs: string;
  /** What was seen all the same. */
  quantity?: Quantity;
  evidence?: EvidenceRow[];
}

export function inconclusive(what: Inconclusive): Judgement {
  return { outcome: 'inconclusive', ...what };
}

/** Whether a comparison of two builds has decided all its claims, for whoever measures on until it has. */
import type { Evidence } from '../model/claim.ts';
import type { ClaimId, Thresholds } from '../model/thresholds.ts';
import { comparisonClaims } from './comparison-claims.ts';
import { judgeClaims } from './judge-claims.ts';

export interface DecidedComparison {
  /** None is open. */
  decided: boolean;
  broken: ClaimId[];
  open: ClaimId[];
}

/**
 * `gates`: where given, only these count. A claim that a build's address cannot tell is not waited for, nor one that the
 * policy does not let decide. Any rule to stop is allowed.
 */
export function decidedComparison(
  evidence: Evidence,
  thresholds: Thresholds,
  gates: readonly string[] | null = null,
): DecidedComparison {
  const waitedFor = comparisonClaims
    .filter(({ id }) => gates === null || gates.includes(id))
    .filter(({ id }) => (thresholds.claims[id].level ?? 'error') === 'error');
  const judged = judgeClaims(evidence, thresholds, waitedFor);
  const thatAre = (outcome: 'broken' | 'inconclusive') =>
    judged.filter(({ judgement }) => judgement.outcome === outcome).map(({ claim }) => claim.id);
  const open = thatAre('inconclusive');
  return { decided: open.length === 0, broken: thatAre('broken'), open };
}

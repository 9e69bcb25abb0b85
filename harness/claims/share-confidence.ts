/**
 * Shares the stated error between the figures that a run gates on, and between the looks at each.
 *
 * With every bound at 95 %, a run of three gates would be wrong in one of them in up to 14 % of runs. So the error that the policy states is
 * that of the whole run, and each bound is stricter: statistics/spend-error.ts says how. A wrong verdict, a wrong "holds" and a wrong
 * "broken" then happen in at most 5 % of valid runs, all gates together.
 *
 * A figure is what is measured, not what is claimed: claims about the same percentile of the same experiment share one interval, and
 * are all right where that covers the truth. Counts with zero tolerance take no part: a leak is seen or not seen, nothing is estimated.
 */
import { type Claim, tenantsOfClaim } from '../model/claim.ts';
import type { ClaimId, Thresholds } from '../model/thresholds.ts';
import { type ErrorShare, confidenceOfShare } from '../statistics/spend-error.ts';

/** What a run decides, and how often it has looked. */
export interface GatedFigures {
  gates: readonly string[];
  tenants: number;
  /** How many looks there were at an experiment; null where the end was fixed beforehand. */
  looksAt: (experimentId: string) => number | null;
  /** Figures that gates of one's own estimate beside those of the claims; else none. */
  ofPolicy?: number;
}

export interface SharedConfidence {
  /** With the confidence that each claim is to be judged by. */
  thresholds: Thresholds;
  /** The share of each claim that takes part. */
  shares: Map<ClaimId, ErrorShare>;
  /** Among how many figures the error is shared. */
  figures: number;
}

export function shareConfidence(
  thresholds: Thresholds,
  claims: readonly Claim[],
  { gates, tenants, looksAt, ofPolicy = 0 }: GatedFigures,
): SharedConfidence {
  const taking = claims.filter(
    ({ id }) =>
      'confidence' in thresholds.claims[id] && gates.includes(id) && (tenantsOfClaim[id] ?? tenants) === tenants,
  );
  const figures = new Set(taking.map(({ experimentId }) => experimentId)).size + ofPolicy;
  const shared = { ...thresholds, claims: { ...thresholds.claims } };
  const shares = new Map<ClaimId, ErrorShare>();
  for (const { id, experimentId } of taking) {
    const gate = thresholds.claims[id];
    if (!('confidence' in gate) || experimentId === null) continue;
    const share = { confidence: gate.confidence, figures, look: looksAt(experimentId) };
    shares.set(id, share);
    Object.assign(shared.claims, { [id]: { ...gate, confidence: confidenceOfShare(share) } });
  }
  return { thresholds: shared, shares, figures };
}

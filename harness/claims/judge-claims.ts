/** Has every claim judged. A judge that crashes has found nothing: inconclusive, never a pass. */
import type { Claim, Evidence, JudgedClaim } from '../model/claim.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { allClaims } from './all-claims.ts';
import { inconclusive } from './inconclusive.ts';

export function judgeClaims(
  evidence: Evidence,
  thresholds: Thresholds,
  claims: readonly Claim[] = allClaims,
): JudgedClaim[] {
  return claims.map((claim) => {
    try {
      return { claim, judgement: claim.judge(evidence, thresholds) };
    } catch (error) {
      const reason = `The judge of ${claim.id} crashed: ${error instanceof Error ? error.message : String(error)}.`;
      return { claim, judgement: inconclusive({ reason, needs: 'a judge that works: this is a defect of signoff' }) };
    }
  });
}

/** Judges the claims of a run so that all its gates together are wrong no more often than the policy states, and says so. */
import type { Claim, Evidence, JudgedClaim } from '../model/claim.ts';
import type { EvidenceRow } from '../model/finding.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { type ErrorShare, confidenceOfShare } from '../statistics/spend-error.ts';
import { claimsAbout } from './comparison-claims.ts';
import { judgeClaims } from './judge-claims.ts';
import { confidenceText } from './number-text.ts';
import { type GatedFigures, shareConfidence } from './share-confidence.ts';

export function judgeTogether(
  evidence: Evidence,
  thresholds: Thresholds,
  figures: GatedFigures,
  claims: readonly Claim[] = claimsAbout(evidence.experiments),
): JudgedClaim[] {
  const shared = shareConfidence(thresholds, claims, figures);
  return judgeClaims(evidence, shared.thresholds, claims).map(({ claim, judgement }) => {
    const share = shared.shares.get(claim.id);
    if (share === undefined || judgement.quantity === undefined) return { claim, judgement };
    return { claim, judgement: { ...judgement, evidence: [...(judgement.evidence ?? []), ...shareRow(share)] } };
  });
}

/** Nothing to say where one figure is looked at once. */
function shareRow(share: ErrorShare): EvidenceRow[] {
  const { confidence, figures, look } = share;
  if (figures === 1 && look === null) return [];
  const among = [
    ...(figures === 1 ? [] : [`the ${figures} gated figures of this run together`]),
    ...(look === null ? [] : [`all looks at it, this being number ${look}`]),
  ].join(' and for ');
  const note = `${confidenceText(confidenceOfShare(share))} % for each bound, so that ${confidenceText(confidence)} % hold for ${among}`;
  return [{ label: 'confidence', note }];
}

/** Makes a claim about a percentile of latency in one experiment. */
import { type Claim, tenantsOfClaim } from '../model/claim.ts';
import type { ClaimId } from '../model/thresholds.ts';
import { inconclusive } from './inconclusive.ts';
import { judgeLatency } from './judge-latency.ts';
import { numberText } from './number-text.ts';

type LatencyClaimId = Extract<ClaimId, `LAT-${string}`>;

export type LatencyClaimText = Pick<Claim, 'title' | 'promised' | 'failureTitle' | 'why' | 'source'> & {
  id: LatencyClaimId;
  experimentId: string;
};

export function latencyClaim(text: LatencyClaimText): Claim {
  const { id, experimentId } = text;
  return {
    ...text,
    requires: ['samples'],
    decidesInInvalidRun: false,
    judge: (evidence, thresholds) => {
      const { tenants } = evidence.environment;
      const wanted = tenantsOfClaim[id] ?? tenants;
      if (wanted !== tenants) {
        const reason = `The claim is about ${numberText(wanted)} tenants, and this run had ${numberText(tenants)}.`;
        return inconclusive({ reason, needs: `a run with --tenants ${wanted}` });
      }
      return judgeLatency(evidence, experimentId, thresholds.claims[id]);
    },
  };
}

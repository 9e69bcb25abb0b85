/** The verdict of a whole run by its findings and guards: made once when it is judged, and derived again whenever a stored one is read. */
import { tenantsOfClaim } from '../model/claim.ts';
import type { Result } from '../model/result.ts';
import type { RunConfig } from '../model/run-config.ts';
import type { ClaimId } from '../model/thresholds.ts';
import { gate, type GateAnswer } from './gate.ts';

/** What the verdict follows from, beside the configuration of the run. */
export type JudgedParts = Pick<Result, 'findings' | 'validity' | 'incomplete'> & { tenants: number };

/** `ofPolicy`: reasons that tell of the policy; they decide nothing. */
export function judgeVerdict(
  { profile, plantedDefect }: Pick<RunConfig, 'profile' | 'plantedDefect'>,
  { tenants, ...parts }: JudgedParts,
  ofPolicy: readonly string[] = [],
): GateAnswer {
  const levelled = parts.findings.filter(({ level }) => level !== undefined).map(({ id }) => id);
  const gates = profile.gates
    .filter((id) => (tenantsOfClaim[id as ClaimId] ?? tenants) === tenants)
    .filter((id) => !levelled.includes(id));
  return gate({ ...parts, gates, plantedDefect, ofPolicy });
}

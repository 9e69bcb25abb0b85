/** The profiles by their names, a profile for another number of tenants, and which of its gates then apply. */
import { tenantsOfClaim } from '../model/claim.ts';
import type { Profile } from '../model/experiment.ts';
import type { ClaimId } from '../model/thresholds.ts';
import { full } from './full.ts';
import { quick } from './quick.ts';
import { smoke } from './smoke.ts';
import { soak } from './soak.ts';

export const profiles = { quick, full, soak, smoke } as const satisfies Record<
  Exclude<Profile['id'], 'compare'>,
  Profile
>;

/** The same experiments on another number of tenants. */
export function withTenants(profile: Profile, tenants: number): Profile {
  return { ...profile, tenants };
}

/** The gates that apply at this number of tenants: a claim about 1,000 tenants is decided with 1,000 and with no other number. */
export function gatesFor(profile: Profile, tenants: number): string[] {
  return profile.gates.filter((id) => (tenantsOfClaim[id as ClaimId] ?? tenants) === tenants);
}

/** Time that the load takes, warm-ups included, ms. */
export function loadMs(profile: Profile): number {
  return profile.experiments.reduce(
    (total, { blocks, warmUpMs, durationMs }) => total + blocks * (warmUpMs + durationMs),
    0,
  );
}

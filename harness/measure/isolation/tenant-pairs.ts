/** Which tenants play owner and stranger in the probes of a layer: a few, spread over all, each once as either. */
import type { ManifestTenant } from '../../model/manifest.ts';

export interface TenantPair {
  owner: ManifestTenant;
  stranger: ManifestTenant;
}

/** Enough that a defect of one size or tier of tenants shows, few enough that a suite takes a second or two. */
const tenantsProbed = 3;

/** In a ring over the first, the middle and the last: sizes and tiers are shuffled over the index. Throws below two tenants. */
export function tenantPairs(tenants: readonly ManifestTenant[]): TenantPair[] {
  const last = tenants.length - 1;
  if (last < 1) throw new Error('isolation needs at least two tenants');
  const places = Array.from({ length: tenantsProbed }, (_, index) => Math.round((index * last) / (tenantsProbed - 1)));
  const ring = [...new Set(places)].flatMap((place) => tenants[place] ?? []);
  return ring.flatMap((owner, index) => {
    const stranger = ring[(index + 1) % ring.length];
    return stranger === undefined ? [] : [{ owner, stranger }];
  });
}

/** Who plays owner and stranger: each tenant that is chosen once as either, and never with itself. */
import { describe, expect, it } from 'vitest';
import type { ManifestTenant } from '../../model/manifest.ts';
import { tenantPairs } from './tenant-pairs.ts';

const tenants = (count: number): ManifestTenant[] =>
  Array.from({ length: count }, (_, index) => ({ id: `tenant ${index}` }) as unknown as ManifestTenant);
const idsOf = (count: number): string[] =>
  tenantPairs(tenants(count)).map(({ owner, stranger }) => `${owner.id}, ${stranger.id}`);

describe('tenantPairs', () => {
  it('makes a ring of the first, the middle and the last', () => {
    expect(idsOf(101)).toEqual(['tenant 0, tenant 50', 'tenant 50, tenant 100', 'tenant 100, tenant 0']);
  });

  it('takes both where there are two, and refuses one', () => {
    expect(idsOf(2)).toEqual(['tenant 0, tenant 1', 'tenant 1, tenant 0']);
    expect(() => tenantPairs(tenants(1))).toThrow('at least two');
  });
});

/** Unit tests of putting an exposure together. */
import { describe, expect, it } from 'vitest';
import { toExposure } from './risk.ts';

describe('toExposure', () => {
  it('parts the total from the asset classes', () => {
    const rows = [
      { tenantId: 'row', assetClass: null, positions: 3, gross: '30.00', net: '-10.00' },
      { tenantId: 'row', assetClass: 'fx' as const, positions: 3, gross: '30.00', net: '-10.00' },
    ];
    expect(toExposure(rows, 'token')).toEqual({
      tenantId: 'row',
      positions: 3,
      grossExposure: '30.00',
      netExposure: '-10.00',
      byAssetClass: [{ assetClass: 'fx', gross: '30.00', net: '-10.00' }],
    });
  });

  it('is nothing for a tenant without positions', () => {
    const rows = [{ tenantId: null, assetClass: null, positions: 0, gross: '0.00', net: '0.00' }];
    expect(toExposure(rows, 'token')).toMatchObject({ tenantId: 'token', positions: 0, byAssetClass: [] });
  });
});

/** The data of one small seed, byte for byte: a change that nobody meant must not go unseen. */
import { describe, expect, it } from 'vitest';
import { combineChecksums } from './manifest.ts';
import { writeMarket } from './market/market-text.ts';
import { planTenants } from './plan/tenant-plans.ts';
import { generateTenant } from './tenant/generate-tenant.ts';
import { buildWorld } from './testing/sample-tenants.ts';

const golden = {
  tenants: '612b5b73bb7164d42337d2cb11d217e56cbc52db95319f57045ec9c57a284132',
  shared: 'f955fc71273e85d2a73a31537f1f6fef8c0e29d3126e9e5d724837158f9c5810',
};
const rebaseline =
  'The generated data has changed. If that was meant (or Faker was upgraded): put the received checksums into `golden` in ' +
  'seed/golden-checksum.test.ts, and say in the CHANGELOG that results before and after are not of the same data.';

describe('golden data', () => {
  it('of six tenants is as it was', () => {
    const world = buildWorld('golden');
    const plans = planTenants({ seed: 'golden', tenants: 6, rowsPerTenant: 200 });
    const tenants = combineChecksums(plans.map((plan) => generateTenant(world, plan).entry));
    expect({ tenants, shared: writeMarket(world.market).checksum }, rebaseline).toEqual(golden);
  });
});

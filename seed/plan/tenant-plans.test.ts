/** Tiers in exact proportion, sizes heavy-tailed for any number of tenants, plans that depend on their request only. */
import { describe, expect, it } from 'vitest';
import { batchTenants } from './batches.ts';
import { LARGEST_TO_MEDIAN, SMALLEST_ROWS } from './sizes.ts';
import { planTenants } from './tenant-plans.ts';
import { countTiers } from './tiers.ts';

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

describe('tiers', () => {
  it.each([
    [1, { starter: 1, pro: 0, enterprise: 0 }],
    [6, { starter: 4, pro: 2, enterprise: 0 }],
    [20, { starter: 14, pro: 5, enterprise: 1 }],
    [100, { starter: 70, pro: 25, enterprise: 5 }],
    [999, { starter: 699, pro: 250, enterprise: 50 }],
  ])('%i tenants', (tenants, expected) => {
    expect(countTiers(tenants)).toEqual(expected);
    const plans = planTenants({ seed: 's', tenants, rowsPerTenant: 500 });
    for (const [tier, count] of Object.entries(expected)) {
      expect(plans.filter((plan) => plan.tier === tier)).toHaveLength(count);
    }
  });

  it('spreads the tiers over the tenants instead of in one run', () => {
    const order = planTenants({ seed: 's', tenants: 100, rowsPerTenant: 500 }).map((plan) => plan.tier);
    expect(order.slice(0, 70)).toContain('pro');
  });
});

describe('sizes', () => {
  it.each([20, 100, 1_000, 10_000])(
    'of %i tenants: the mean is as asked, a few have about 50 times the median',
    (tenants) => {
      const sizes = planTenants({ seed: 'sizes', tenants, rowsPerTenant: 5_000 }).map((plan) => plan.rows);
      expect(sum(sizes)).toBe(tenants * 5_000);
      const middle = median(sizes);
      const largest = Math.max(...sizes);
      const large = sizes.filter((rows) => rows > 0.98 * largest);
      expect(large.length).toBeGreaterThanOrEqual(1);
      expect(large.length / tenants).toBeGreaterThanOrEqual(0.024);
      expect(large.length / tenants).toBeLessThanOrEqual(0.05);
      expect(largest / middle).toBeGreaterThan(0.9 * LARGEST_TO_MEDIAN);
      expect(largest / middle).toBeLessThan(1.1 * LARGEST_TO_MEDIAN);
    },
  );

  it('of 6 tenants: the largest still has about ten times the median', () => {
    const sizes = planTenants({ seed: 'sizes', tenants: 6, rowsPerTenant: 200 }).map((plan) => plan.rows);
    expect(Math.max(...sizes) / median(sizes)).toBeGreaterThan(8);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(SMALLEST_ROWS);
    expect(sum(sizes) / 6).toBeLessThan(210);
  });

  it('of one tenant is the mean', () => {
    expect(planTenants({ seed: 'x', tenants: 1, rowsPerTenant: 300 }).map((plan) => plan.rows)).toEqual([300]);
  });

  it('depends on the seed, and on nothing that is not in the request', () => {
    const request = { seed: 'a', tenants: 50, rowsPerTenant: 400 };
    expect(planTenants(request)).toEqual(planTenants({ ...request }));
    expect(planTenants(request)).not.toEqual(planTenants({ ...request, seed: 'b' }));
  });

  it('gives higher tiers the larger sizes on average', () => {
    const plans = planTenants({ seed: 'a', tenants: 1_000, rowsPerTenant: 5_000 });
    const medianOf = (tier: string) => median(plans.filter((plan) => plan.tier === tier).map((plan) => plan.rows));
    expect(medianOf('pro')).toBeGreaterThan(medianOf('starter'));
    expect(medianOf('enterprise')).toBeGreaterThan(medianOf('pro'));
  });
});

describe('batches', () => {
  it('keep every tenant once, in order', () => {
    const plans = planTenants({ seed: 'a', tenants: 300, rowsPerTenant: 500 });
    const batches = batchTenants(plans);
    expect(batches.flat()).toEqual(plans);
    expect(batches.length).toBeGreaterThan(5);
    expect(batches.every((batch) => batch.length > 0)).toBe(true);
  });
});

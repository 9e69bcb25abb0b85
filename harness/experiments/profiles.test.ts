/** The profiles: valid, within their time, and gating only what they measure. */
import { describe, expect, it } from 'vitest';
import { profileSchema } from '../model/experiment.ts';
import { thresholdsSchema } from '../model/thresholds.ts';
import { gatesFor, loadMs, profiles, withTenants } from './profiles.ts';

const claimIds = Object.keys(thresholdsSchema.shape.claims.shape);

describe.each(Object.values(profiles))('profile $id', (profile) => {
  it('is valid and measures no experiment twice', () => {
    expect(profileSchema.parse(profile)).toEqual(profile);
    const ids = profile.experiments.map((experiment) => experiment.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gates claims that exist, each once', () => {
    expect(profile.gates.filter((id) => !claimIds.includes(id))).toEqual([]);
    expect(new Set(profile.gates).size).toBe(profile.gates.length);
  });

  it('compares arms in at least six blocks', () => {
    for (const experiment of profile.experiments.filter((candidate) => candidate.arms.length > 1)) {
      expect(experiment.blocks).toBeGreaterThanOrEqual(6);
    }
  });
});

describe('the time of load', () => {
  it('is six minutes in quick and 45 seconds in smoke', () => {
    expect(loadMs(profiles.quick)).toBe(376_000);
    expect(loadMs(profiles.smoke)).toBe(45_000);
  });

  it('is ten blocks or more in full and an hour in soak', () => {
    const loads = profiles.full.experiments.filter(({ id }) => id !== 'cross-check');
    expect(Math.min(...loads.map((experiment) => experiment.blocks))).toBe(10);
    expect(loadMs(profiles.soak)).toBe(3_630_000);
  });
});

describe('gates and tenants', () => {
  it.each([
    [100, 'LAT-100T'],
    [1_000, 'LAT-1KT'],
    [10_000, 'LAT-10KT'],
  ])('with %d tenants, of the three tiers only %s is gated', (tenants, id) => {
    const gates = gatesFor(withTenants(profiles.quick, tenants), tenants);
    expect(gates.filter((gate) => /^LAT-1/.test(gate))).toEqual([id]);
    expect(gates).toContain('LAT-500-TARGET');
  });

  it('with another number of tenants, none is', () => {
    expect(gatesFor(profiles.quick, 250).filter((gate) => /^LAT-1/.test(gate))).toEqual([]);
    expect(withTenants(profiles.quick, 250).tenants).toBe(250);
    expect(profiles.quick.tenants).toBe(100);
  });
});

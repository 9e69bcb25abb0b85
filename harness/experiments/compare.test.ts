/** The compare profile: valid, two arms in production's mode, and gating every claim about a comparison. */
import { describe, expect, it } from 'vitest';
import { modeOfArm, profileSchema } from '../model/experiment.ts';
import { thresholdsSchema } from '../model/thresholds.ts';
import { compareProfile } from './compare.ts';

const profile = compareProfile({ tenants: 100 });

describe('compareProfile', () => {
  it('is valid, of six blocks where nothing else is said', () => {
    expect(profileSchema.parse(profile)).toEqual(profile);
    expect(profile.experiments.map(({ id, blocks }) => [id, blocks])).toEqual([['compare', 6]]);
    expect(compareProfile({ tenants: 12, blocks: 20 })).toMatchObject({ tenants: 12, experiments: [{ blocks: 20 }] });
  });

  it('draws as its seed says', () => {
    const [one, other] = [7, 8].map((seed) => compareProfile({ tenants: 100, seed }).experiments[0]?.seed);
    expect([one, other]).toEqual([7, 8]);
  });

  it('compares two builds, both as production runs them', () => {
    const [experiment] = profile.experiments;
    expect(experiment?.arms).toEqual(['base', 'candidate']);
    expect(experiment?.arms.map((arm) => modeOfArm[arm])).toEqual(['rls', 'rls']);
  });

  it('gates on nothing that the builds cannot tell', () => {
    const { gates } = compareProfile({ tenants: 100, untold: ['CMP-BYTES', 'CMP-ROWS'] });
    expect(gates).toEqual(profile.gates.filter((id) => id !== 'CMP-BYTES' && id !== 'CMP-ROWS'));
  });

  it('leaves no claim about a comparison ungated', () => {
    const claims = Object.keys(thresholdsSchema.shape.claims.shape).filter((id) => id.startsWith('CMP-'));
    expect(claims.filter((id) => !profile.gates.includes(id))).toEqual([]);
    expect(new Set(profile.gates).size).toBe(profile.gates.length);
  });
});

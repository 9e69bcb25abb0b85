/** A change of method must calibrate anew: a committed result that was measured with other sources fails here. */
import { describe, expect, it } from 'vitest';
import { testThresholds } from '../../harness/claims/testing/test-thresholds.ts';
import { readCalibration } from './calibration.ts';
import { methodFingerprint } from './fingerprint.ts';

describe('the committed calibration', () => {
  it('was measured with the present method', async () => {
    const committed = await readCalibration();
    const present = await methodFingerprint(testThresholds);
    expect(
      committed?.fingerprint ?? present,
      'the method changed: run `npm run bench -- calibrate`, commit docs/calibration',
    ).toBe(present);
  });

  it('notices another limit', async () => {
    const changed = structuredClone(testThresholds);
    changed.claims['CMP-MEDIAN'].limit += 0.001;
    expect(await methodFingerprint(changed)).not.toBe(await methodFingerprint(testThresholds));
  });
});

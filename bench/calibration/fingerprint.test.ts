/** The fingerprint of the method by which two builds are compared: what a calibration was measured with. */
import { expect, it } from 'vitest';
import { testThresholds } from '../../harness/claims/testing/test-thresholds.ts';
import { methodFingerprint } from './fingerprint.ts';

it('notices another limit', async () => {
  const changed = structuredClone(testThresholds);
  changed.claims['CMP-MEDIAN'].limit += 0.001;
  expect(await methodFingerprint(changed)).not.toBe(await methodFingerprint(testThresholds));
});

/** The fingerprint of the method by which two builds are compared: what a calibration was measured with. */
import { expect, it } from 'vitest';
import { testThresholds } from '../../harness/claims/testing/test-thresholds.ts';
import { readCalibration } from './calibration.ts';
import { conditions } from './files.ts';
import { methodFingerprint } from './fingerprint.ts';
import { readThresholds } from './read-thresholds.ts';

it('notices another limit', async () => {
  const changed = structuredClone(testThresholds);
  changed.claims['CMP-MEDIAN'].limit += 0.001;
  expect(await methodFingerprint(changed)).not.toBe(await methodFingerprint(testThresholds));
});

it.each(conditions)(
  'is that of the committed calibration, %s: after a change run `npm run bench -- calibrate`',
  async (of) => {
    const committed = await readCalibration(of);
    expect(committed?.fingerprint).toBe(await methodFingerprint(await readThresholds()));
    expect(committed?.rows.length).toBeGreaterThan(0);
  },
);

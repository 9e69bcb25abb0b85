/** Where the fingerprints of two runs differ. */
import type { FingerprintDifference } from '../model/baseline-comparison.ts';
import type { Fingerprint } from '../model/baseline.ts';

/** In alphabetical order; null where one of them has no such entry. */
export function compareFingerprints(baseline: Fingerprint, run: Fingerprint): FingerprintDifference[] {
  const names = [...new Set([...Object.keys(baseline), ...Object.keys(run)])].sort();
  return names.flatMap((name) => {
    const [before, now] = [baseline[name] ?? null, run[name] ?? null];
    return before === now ? [] : [{ name, baseline: before, run: now }];
  });
}

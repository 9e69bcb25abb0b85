/** A fingerprint of the method by which two builds are compared: of its sources and of its limits. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { hashSources } from '../../harness/commands/hash-sources.ts';
import type { Thresholds } from '../../harness/model/thresholds.ts';

const base = fileURLToPath(new URL('../../', import.meta.url));
const places = ['harness/statistics', 'harness/claims', 'harness/experiments', 'scenarios', 'bench/calibration'];
const isOfMethod = new RegExp(
  [
    '^harness/statistics/',
    '^harness/claims/(cmp-|compared-|comparison-blocks|cost-figure|judge-cost|judge-figures|latency-effect|paired-requests|request-columns)',
    // The load, of which the pairs are.
    '^harness/experiments/compare\\.ts$',
    '^scenarios/(compare|lib/(paired-load|load-mix|take-turns|random))\\.ts$',
    // How comparisons are drawn from the recording.
    '^bench/calibration/(decide-many|judge-together|redraw|recording|signoff-methods)\\.ts$',
  ].join('|'),
);
const isTest = /\.test\.ts$|(^|\/)testing\//;

/** SHA-256 over what decides about two builds, over the load that is compared, tests apart, and over the limits of these claims. */
export async function methodFingerprint(thresholds: Thresholds): Promise<string> {
  const counts = (name: string) => name.endsWith('.ts') && isOfMethod.test(name) && !isTest.test(name);
  const sources = await hashSources({ base, places, counts });
  const limits = Object.entries(thresholds.claims).filter(([id]) => id.startsWith('CMP-'));
  return createHash('sha256').update(sources).update(JSON.stringify(limits)).digest('hex');
}

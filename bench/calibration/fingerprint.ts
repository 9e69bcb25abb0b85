/** A fingerprint of the method by which two builds are compared: of its sources and of its limits. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { hashSources } from '../../harness/commands/hash-sources.ts';
import type { Thresholds } from '../../harness/model/thresholds.ts';

const base = fileURLToPath(new URL('../../harness', import.meta.url));
const isOfMethod = /^(statistics\/|claims\/(cmp-|compared-|comparison-blocks|judge-cost|judge-figures|latency-effect))/;
const isTest = /\.test\.ts$|(^|\/)testing\//;

/** SHA-256 over the sources of statistics and of the claims about two builds, tests apart, and over the limits of these claims. */
export async function methodFingerprint(thresholds: Thresholds): Promise<string> {
  const counts = (name: string) => name.endsWith('.ts') && isOfMethod.test(name) && !isTest.test(name);
  const sources = await hashSources({ base, places: ['statistics', 'claims'], counts });
  const limits = Object.entries(thresholds.claims).filter(([id]) => id.startsWith('CMP-'));
  return createHash('sha256').update(sources).update(JSON.stringify(limits)).digest('hex');
}

/** A fingerprint of the method by which two builds are compared: of its sources and of its limits. */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Thresholds } from '../../harness/model/thresholds.ts';

const root = new URL('../../', import.meta.url);
const claims = ['cmp-', 'compared-', 'comparison-blocks', 'judge-figures', 'latency-effect'];

/** SHA-256 over the sources of statistics and of the claims about two builds, tests apart, and over the limits of these claims. */
export async function methodFingerprint(thresholds: Thresholds): Promise<string> {
  const hash = createHash('sha256');
  for (const file of await methodSources()) {
    hash.update(`${file}\n`).update(await readFile(fileURLToPath(new URL(file, root))));
  }
  const limits = Object.entries(thresholds.claims).filter(([id]) => id.startsWith('CMP-'));
  return hash.update(JSON.stringify(limits)).digest('hex');
}

async function methodSources(): Promise<string[]> {
  const namesIn = async (folder: string) =>
    (await readdir(fileURLToPath(new URL(folder, root)))).map((name) => folder + name);
  const [statistics, all] = await Promise.all([namesIn('harness/statistics/'), namesIn('harness/claims/')]);
  const compared = all.filter((file) => claims.some((start) => file.startsWith(`harness/claims/${start}`)));
  return [...statistics, ...compared].filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).sort();
}

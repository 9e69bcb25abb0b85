/** Writes a copy of thresholds.json with a change, for the end-to-end tests. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Bench } from './run-signoff.ts';

interface Policy {
  claims: Record<string, { limit: number }>;
  guards: Record<string, { limit: number }>;
}

/** Returns the path of the changed copy. */
export async function writePolicy(bench: Bench, change: (data: Policy) => void): Promise<string> {
  const original = path.join(import.meta.dirname, '..', '..', 'thresholds.json');
  const data = JSON.parse(await readFile(original, 'utf8')) as Policy;
  change(data);
  const file = path.join(bench.directory, 'policy.json');
  await writeFile(file, JSON.stringify(data));
  return file;
}

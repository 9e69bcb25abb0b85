/** Keeps programs and dependencies that were built before, and removes what has not been used for long. */
import { mkdir, readdir, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';

/** Longer than any comparison, and than a week's holidays of whoever works on a branch. */
const UNUSED_MS = 14 * 24 * 3_600_000;

/** Its folder; safe to remove whenever no comparison runs. */
export async function openBuildCache(root: string): Promise<string> {
  const cache = path.join(root, 'node_modules', '.cache', 'signoff-builds');
  await mkdir(cache, { recursive: true });
  for (const name of await readdir(cache)) {
    const entry = path.join(cache, name);
    // Another program may have removed it just now.
    const found = await stat(entry).catch(() => null);
    if (found !== null && found.mtimeMs < Date.now() - UNUSED_MS) await rm(entry, { recursive: true, force: true });
  }
  return cache;
}

export async function markUsed(entry: string): Promise<void> {
  const now = new Date();
  await utimes(entry, now, now);
}

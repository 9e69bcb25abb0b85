/** A sum over source files by name and content: the same in every checkout of the same sources. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';

/** Folders and files below `base`, in the order in which they count. */
export interface Sources {
  base: string;
  places: readonly string[];
  /** Whether a file counts; its name is relative to `base`, with slashes. */
  counts: (name: string) => boolean;
}

/** SHA-256, hexadecimal. */
export async function hashSources({ base, places, counts }: Sources): Promise<string> {
  const sum = createHash('sha256');
  for (const place of places) {
    for (const name of (await filesOf(base, place)).filter(counts).sort()) {
      const text = await readFile(path.join(base, name), 'utf8');
      // A checkout on Windows may end lines otherwise.
      sum.update(`${name}\0${text.replaceAll('\r\n', '\n')}\0`);
    }
  }
  return sum.digest('hex');
}

async function filesOf(base: string, place: string): Promise<string[]> {
  const whole = path.join(base, place);
  if ((await stat(whole)).isFile()) return [place];
  const entries = await readdir(whole, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(base, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

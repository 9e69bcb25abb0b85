/** The sum of a built program and all that lies beside it: what a build is told apart by. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** SHA-256 over names and contents of every file in the folder. `isPart`: of which files, by their path in it. */
export async function hashProgram(folder: string, isPart: (file: string) => boolean = () => true): Promise<string> {
  const digest = createHash('sha256');
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of files.filter((one) => isPart(path.relative(folder, one))).sort()) {
    const content = await readFile(file);
    digest.update(`${path.relative(folder, file).split(path.sep).join('/')} ${content.length}\n`).update(content);
  }
  return digest.digest('hex');
}

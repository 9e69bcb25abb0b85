/** Writes a file outside of any run folder: a reader sees the old one or the new one, never half of it. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SignoffError } from '../model/errors.ts';

/** Makes the folder where there is none. Throws BAD_ARGUMENT or NO_SPACE. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const partial = `${file}.partial`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(partial, text);
    await rename(partial, file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    throw new SignoffError(full ? 'NO_SPACE' : 'BAD_ARGUMENT', `${file} cannot be written`, {
      cause: error,
      ...(full ? {} : { hint: 'Name a file that can be written with --out.' }),
    });
  }
}

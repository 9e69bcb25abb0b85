/** Writes a file outside of any run folder: a reader sees the old one or the new one, never half of it. */
import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SignoffError } from '../model/errors.ts';

/** Makes the folder where there is none; of several at once the last stays. Throws BAD_ARGUMENT or NO_SPACE. */
export async function writeWhole(file: string, text: string): Promise<void> {
  const partial = `${file}.${randomUUID()}.partial`;
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(partial, text);
    await rename(partial, file);
  } catch (error) {
    // Where it cannot be removed, it could not be made: told is the first error.
    await rm(partial, { force: true }).catch(() => undefined);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const full = code === 'ENOSPC' || code === 'EDQUOT';
    throw new SignoffError(full ? 'NO_SPACE' : 'BAD_ARGUMENT', `${file} cannot be written`, {
      cause: error,
      ...(full ? {} : { hint: 'Name a file that can be written with --out.' }),
    });
  }
}

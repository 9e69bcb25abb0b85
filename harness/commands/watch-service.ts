/** Whether the program that a run measures stays what it was: every block starts it anew, from files that somebody may edit meanwhile. */
import path from 'node:path';
import { hashProgram } from '../builds/hash-program.ts';
import { SignoffError } from '../model/errors.ts';

/** Beside the program, and no part of it. */
const isNoProgram = (file: string): boolean =>
  /\.(test\.ts|md)$/.test(file) || file.split(path.sep).includes('testing');

/** `folder`: of the program. Asked before a block, it rejects with BUILD_FAILED where a file is no longer as it was. */
export async function watchService(folder: string): Promise<() => Promise<void>> {
  const hash = () => hashProgram(folder, (file) => !isNoProgram(file));
  const before = await hash();
  return async () => {
    if ((await hash()) === before) return;
    throw new SignoffError(
      'BUILD_FAILED',
      `the program of the service in ${folder} was changed while it was measured`,
      {
        hint: 'Blocks of different builds are no repetition: measure again, and leave that folder alone meanwhile.',
      },
    );
  };
}

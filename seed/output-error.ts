/** Trouble with a file that is to be written, told as a person's: which path, why, and what to do. */
import { messageOf, SeedError } from './seed-error.ts';

/** Runs an action that writes to a path given on the command line. */
export async function writingTo<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw new SeedError(isFull ? 'unavailable' : 'usage', `cannot write to ${path}: ${messageOf(error)}`, {
      hint: isFull
        ? 'Free some space, then start again.'
        : 'Name a path that can be written, with --manifest or --out.',
      cause: error,
    });
  }
}

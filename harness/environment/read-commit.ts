/** Which commit the files of a folder are, and whether anything in them differs from it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** null where this is no checkout, or where git is not installed: a release is unpacked without either. */
export async function readCommit(root: string): Promise<{ gitSha: string | null; dirty: boolean | null }> {
  const git = async (...args: string[]): Promise<string | null> =>
    promisify(execFile)('git', ['-C', root, ...args]).then(
      ({ stdout }) => stdout.trim(),
      () => null,
    );
  const [top, gitSha, status] = await Promise.all([
    git('rev-parse', '--show-cdup'),
    git('rev-parse', 'HEAD'),
    git('status', '--porcelain'),
  ]);
  // Unpacked inside somebody else's checkout: that commit says nothing about us.
  if (top !== '') return { gitSha: null, dirty: null };
  return { gitSha, dirty: status === null ? null : status !== '' };
}

/** Revisions of the project's own git repository: what a name stands for, and its files. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { SignoffError } from '../model/errors.ts';
import { type CommandOutcome, runCommand } from '../environment/processes/run-command.ts';

type FoundRevision = { commit: string } | { why: string };

/** Any name that git knows for a commit; otherwise why there is none. */
export async function findRevision(root: string, name: string): Promise<FoundRevision> {
  const top = await git(root, ['rev-parse', '--show-cdup']);
  if (top === null) return { why: 'no git revision (git is not installed)' };
  // Unpacked inside somebody else's checkout: its revisions are not ours.
  if (top.exitCode !== 0 || top.stdout.trim() !== '') return { why: `no git revision (${root} is no checkout)` };
  const found = await git(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]);
  const commit = found?.exitCode === 0 ? found.stdout.trim() : '';
  if (/^[0-9a-f]{40,64}$/.test(commit)) return { commit };
  return { why: 'no git revision of this repository' };
}

/** Its files, as git would check them out; the work tree and git's list of work trees stay as they are. */
export async function exportRevision(root: string, commit: string, into: string, signal: AbortSignal): Promise<void> {
  await mkdir(into, { recursive: true });
  const archive = path.join(into, '.export.tar');
  const steps: [string, string[]][] = [
    ['git', ['-C', root, 'archive', '--format=tar', `--output=${archive}`, commit]],
    ['tar', ['-xf', archive, '-C', into]],
  ];
  for (const [command, args] of steps) {
    const { exitCode, tail } = await runCommand({ command, args, signal });
    if (exitCode === 0) continue;
    throw new SignoffError('BUILD_FAILED', `the files of ${commit} cannot be read:\n  ${tail.join('\n  ')}`);
  }
  await rm(archive);
}

/** The text of one of its files, from `root` on; null where it has none of that name. */
export async function readRevisionFile(root: string, commit: string, file: string): Promise<string | null> {
  const shown = await git(root, ['show', `${commit}:./${file}`]);
  return shown?.exitCode === 0 ? shown.stdout : null;
}

/** null: there is no git. */
async function git(root: string, args: string[]): Promise<CommandOutcome | null> {
  try {
    return await runCommand({ command: 'git', args: ['-C', root, ...args] });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

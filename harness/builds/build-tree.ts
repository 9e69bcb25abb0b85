/** The folder outside the project in which a build is made: new for each, and those that killed programs left are removed. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const namePattern = /^signoff-build-(\d+)-/;

/** Outside the project: there, what a build does not declare would be found in the project's own dependencies. */
export async function makeBuildTree(): Promise<string> {
  const parent = os.tmpdir();
  for (const name of await readdir(parent)) {
    const pid = Number(namePattern.exec(name)?.[1]);
    if (pid > 0 && !isRunning(pid)) await rm(path.join(parent, name), { recursive: true, force: true });
  }
  return await mkdtemp(path.join(parent, `signoff-build-${process.pid}-`));
}

/** A process of somebody else is one, too: its folder is not ours to remove. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

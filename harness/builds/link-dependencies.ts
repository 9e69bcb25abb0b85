/** Gives a tree of source the dependencies that it declares: installed already, ours where the lists are equal, or by `npm ci`. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from '../environment/processes/run-command.ts';
import { SignoffError } from '../model/errors.ts';
import type { Progress } from '../model/progress.ts';
import { markUsed } from './build-cache.ts';

export interface LinkDependenciesOptions {
  ref: string;
  /** Gets a link `node_modules`. */
  tree: string;
  /** The project's folder. */
  root: string;
  /** Where a checkout may have its own; null where there is none to look at. */
  installed: string | null;
  /** Keeps what was installed, by the list that it was installed from. */
  cache: string;
  signal: AbortSignal;
  progress: Progress;
}

const lockFile = 'package-lock.json';

export async function linkDependencies(options: LinkDependenciesOptions): Promise<void> {
  await symlink(await findDependencies(options), path.join(options.tree, 'node_modules'));
}

async function findDependencies(options: LinkDependenciesOptions): Promise<string> {
  const { ref, tree, root, installed } = options;
  // As the folder lies: a dependency that was changed by hand is part of it.
  if (installed !== null && existsSync(installed)) return installed;
  if (!existsSync(path.join(tree, lockFile))) {
    throw new SignoffError('BUILD_FAILED', `${ref} has no ${lockFile}: nobody knows what it was built with`);
  }
  const [theirs, ours] = await Promise.all([tree, root].map((folder) => readFile(path.join(folder, lockFile), 'utf8')));
  if (theirs === ours) return path.join(root, 'node_modules');
  return await installDependencies(options);
}

/** Complete or not there at all: another program may install the same meanwhile, and the first to end is taken. */
async function installDependencies({ ref, tree, cache, signal, progress }: LinkDependenciesOptions): Promise<string> {
  const lists = ['package.json', lockFile, '.npmrc'].filter((name) => existsSync(path.join(tree, name)));
  const digest = createHash('sha256');
  for (const name of lists) digest.update(name).update(await readFile(path.join(tree, name)));
  const folder = path.join(cache, `dependencies-${digest.digest('hex').slice(0, 16)}`);
  const modules = path.join(folder, 'node_modules');
  if (existsSync(folder)) {
    await markUsed(folder);
    return modules;
  }
  progress({ kind: 'step', message: `install the locked dependencies of ${ref} (npm ci, usually one minute)` });
  const making = await mkdtemp(path.join(cache, 'installing-'));
  try {
    for (const name of lists) await copyFile(path.join(tree, name), path.join(making, name));
    await runNpm(ref, making, signal);
    // npm makes none where nothing is declared.
    await mkdir(path.join(making, 'node_modules'), { recursive: true });
    await rename(making, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  return modules;
}

/** The service is bundled from JavaScript alone, so no package has to build or fetch anything. */
async function runNpm(ref: string, folder: string, signal: AbortSignal): Promise<void> {
  const args = ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  // npm tells its scripts where it lies: the npm that started us is the one that is sure to exist.
  const script = process.env.npm_execpath;
  const [command, before] =
    script !== undefined && script.endsWith('npm-cli.js') ? [process.execPath, [script]] : ['npm', []];
  const { exitCode, tail } = await runCommand({ command, args: [...before, ...args], cwd: folder, signal });
  if (exitCode === 0) return;
  throw new SignoffError('BUILD_FAILED', `the dependencies of ${ref} cannot be installed:\n  ${tail.join('\n  ')}`);
}

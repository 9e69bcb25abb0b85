/** Installs the distribution's Redis where that is possible without asking anyone: as root, with apt-get. */
import { SignoffError } from '../../model/errors.ts';
import type { Progress } from '../../model/progress.ts';
import { runCommand } from '../processes/run-command.ts';
import { searchPath } from './locate-tool.ts';
import type { Attempt } from './tool.ts';

export interface InstallOptions {
  environment?: NodeJS.ProcessEnv;
  progress: Progress;
  signal: AbortSignal;
}

const INSTALL = ['install', '--yes', '--no-install-recommends', 'redis-server'];

/** The command that a person would type on this kind of system. */
export function installRedisHint(): string {
  if (process.platform === 'darwin') return 'brew install redis';
  return 'apt-get update && apt-get install -y redis-server   # as root; other systems: the package redis or valkey, 7.0 or later';
}

/** Whether the distribution's package can be installed without asking anyone. */
export async function findAptGet(environment: NodeJS.ProcessEnv): Promise<Attempt> {
  const [aptGet] = await searchPath(['apt-get'], environment.PATH ?? '');
  if (aptGet === undefined)
    return { source: 'distribution', path: null, ok: false, reason: 'no apt-get on this system' };
  const isRoot = process.getuid?.() === 0;
  const reason = isRoot ? 'apt-get can install it' : 'apt-get needs root, and we are not';
  return { source: 'distribution', path: aptGet, ok: isRoot, reason };
}

/** Tells what it did; whether the program is now there, and good, is for the caller to look. */
export async function installRedis(options: InstallOptions): Promise<Attempt> {
  const environment = options.environment ?? process.env;
  const found = await findAptGet(environment);
  const aptGet = found.path;
  if (!found.ok || aptGet === null) return found;
  options.progress({
    kind: 'stage',
    id: 'install-redis',
    title: 'install redis-server with apt-get, because this machine has no Redis 7 (usually 20 s)',
    expectedMs: 20_000,
  });
  const run = (args: string[]) =>
    runCommand({
      command: aptGet,
      args,
      env: { ...environment, DEBIAN_FRONTEND: 'noninteractive' },
      signal: options.signal,
      onLine: (line) => options.progress({ kind: 'step', message: `apt-get: ${line.slice(0, 120)}` }),
    });
  let outcome = await run(INSTALL);
  // Images are often delivered without package lists.
  if (outcome.exitCode !== 0) {
    await run(['update']);
    outcome = await run(INSTALL);
  }
  if (outcome.exitCode === 0) return { ...found, reason: 'apt-get installed redis-server' };
  if (outcome.tail.some((line) => /no space left on device|enough free space/i.test(line))) {
    throw new SignoffError('NO_SPACE', 'the disk is too full to install redis-server');
  }
  return {
    ...found,
    ok: false,
    reason: `"apt-get ${INSTALL.join(' ')}" failed: ${outcome.tail.at(-1) ?? 'no output'}`,
  };
}

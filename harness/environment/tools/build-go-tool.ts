/** Builds a tool from its pinned Go module into the cache: once per machine, resumable, never half there. */
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import { SignoffError } from '../../model/errors.ts';
import type { Progress } from '../../model/progress.ts';
import { runCommand, type CommandOutcome } from '../processes/run-command.ts';
import { withBuildLock } from './build-lock.ts';
import { checkVersion } from './check-version.ts';
import { cachedTool } from './tool-cache.ts';
import type { GoBuild, ToolDefinition } from './tool.ts';

export interface BuildOptions {
  go: string;
  /** The repository's tools folder. */
  modulesFolder: string;
  environment?: NodeJS.ProcessEnv;
  progress: Progress;
  signal: AbortSignal;
}

const TELL_EVERY_MS = 15_000;
const MINUTE_MS = 60_000;

function goBuildArguments(build: GoBuild, output: string): string[] {
  const tags = build.tags.length === 0 ? [] : ['-tags', build.tags.join(',')];
  // -v names each package that is compiled: the only sign of life in minutes. -buildvcs=false: the stamp would need git and an owner it trusts. -trimpath: no path of this machine in the program.
  return ['build', '-v', '-mod=readonly', '-buildvcs=false', '-trimpath', ...tags, '-o', output, build.package];
}

/** Resolves to the program in the cache. Rejects with TOOL_BUILD_FAILED, NO_SPACE or INTERRUPTED. */
export async function buildGoTool(tool: ToolDefinition, options: BuildOptions): Promise<string> {
  const place = cachedTool(tool, options.environment);
  const build = tool.build;
  if (place === null || build === null) throw new Error(`${tool.name} is not built from source`);
  const lock = {
    file: `${place.folder}.lock`,
    signal: options.signal,
    onWait: (owner: { pid: number }) => tellWaiting(tool, owner.pid, options),
  };
  return withBuildLock(lock, async () => {
    // Whoever held the lock before may have built it.
    if ((await checkVersion(tool, place.program, options.signal)).ok) return place.program;
    await removePartialBuilds(place.folder);
    const partial = `${place.folder}.partial-${process.pid}`;
    await mkdir(partial, { recursive: true });
    try {
      await compile(tool, build, path.join(partial, path.basename(place.program)), options);
      await rm(place.folder, { recursive: true, force: true });
      await rename(partial, place.folder);
    } finally {
      await rm(partial, { recursive: true, force: true });
    }
    return place.program;
  });
}

function tellWaiting(tool: ToolDefinition, pid: number, { progress }: BuildOptions): void {
  progress({ kind: 'step', message: `process ${pid} is building ${tool.title} already; waiting for it` });
}

/** A build that was killed leaves its folder; only whoever holds the lock comes here, so none is in use. */
async function removePartialBuilds(folder: string): Promise<void> {
  const prefix = `${path.basename(folder)}.partial-`;
  const names = await readdir(path.dirname(folder));
  const stale = names.filter((name) => name.startsWith(prefix));
  await Promise.all(stale.map((name) => rm(path.join(path.dirname(folder), name), { recursive: true, force: true })));
}

async function compile(tool: ToolDefinition, build: GoBuild, output: string, options: BuildOptions): Promise<void> {
  const logFile = path.join(path.dirname(path.dirname(output)), `${tool.name}-${build.version}-build.log`);
  const usual = `${(build.usualMs / MINUTE_MS).toFixed(1)} min on two cores, once per machine`;
  options.progress({
    kind: 'stage',
    id: `build-${tool.name}`,
    title: `build ${tool.title} ${build.version} from tools/${build.module}, because this machine has none (${usual})`,
    expectedMs: build.usualMs,
  });
  const startedAt = performance.now();
  const outcome = await runGo(build, output, logFile, options);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  if (outcome.exitCode !== 0) throw describeFailure(tool, build, outcome, logFile);
  const check = await checkVersion(tool, output, options.signal);
  if (!check.ok)
    throw new SignoffError(
      'TOOL_BUILD_FAILED',
      `${tool.title} was built, but it ${check.reason}; build log: ${logFile}`,
    );
  options.progress({ kind: 'step', message: `built ${tool.title} ${check.version} in ${seconds} s` });
}

async function runGo(build: GoBuild, output: string, logFile: string, options: BuildOptions): Promise<CommandOutcome> {
  const log = createWriteStream(logFile);
  const startedAt = performance.now();
  let compiled = 0;
  let latest = 'go is reading its cache';
  const timer = setInterval(() => {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    options.progress({
      kind: 'step',
      message: `still building ${build.module}: ${seconds} s of usually ${build.usualMs / 1000} s; ${compiled} packages compiled; ${latest}`,
    });
  }, TELL_EVERY_MS);
  try {
    return await runCommand({
      command: options.go,
      args: goBuildArguments(build, output),
      cwd: path.join(options.modulesFolder, build.module),
      // Without cgo, as both projects build their releases: no C compiler and no C library is needed then.
      env: { ...(options.environment ?? process.env), GOWORK: 'off', CGO_ENABLED: '0' },
      signal: options.signal,
      onLine: (line) => {
        log.write(`${line}\n`);
        latest = line.slice(0, 100);
        if (!line.includes(' ')) compiled += 1; // other lines are sentences: downloads, complaints
      },
    });
  } finally {
    clearInterval(timer);
    log.end();
    await once(log, 'close');
  }
}

function describeFailure(tool: ToolDefinition, build: GoBuild, outcome: CommandOutcome, logFile: string): SignoffError {
  const tail = outcome.tail.slice(-15);
  if (tail.some((line) => line.includes('no space left on device'))) {
    const gigabytes = (build.diskBytes / 1024 ** 3).toFixed(1);
    return new SignoffError(
      'NO_SPACE',
      `the disk is full: building ${tool.title} needs about ${gigabytes} GB; build log: ${logFile}`,
      {
        hint: 'Free some space, or point GOCACHE, GOMODCACHE and XDG_CACHE_HOME at a larger disk. What was built so far is used again.',
      },
    );
  }
  const how = outcome.signal ?? `exit code ${outcome.exitCode ?? 'unknown'}`;
  return new SignoffError(
    'TOOL_BUILD_FAILED',
    `building ${tool.title} ended with ${how}; log: ${logFile}; its end:\n  ${tail.join('\n  ')}`,
  );
}

/** The Docker client and Compose v2: this machine's own where they are good enough, otherwise Debian's, kept in the cache. */
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { compareVersions } from '../../harness/environment/tools/check-version.ts';
import { searchPath } from '../../harness/environment/tools/locate-tool.ts';
import { runCommand } from '../../harness/environment/processes/run-command.ts';
import { isDebian, knowsSuiteKeys } from './debian.ts';
import { EngineMissing } from './engine-missing.ts';
import { unpackPackages } from './fetch-packages.ts';

/** docker-compose.yml resets a list with `!override`. */
const OLDEST_COMPOSE = '2.24.4';

export interface ClientOptions {
  cache: string;
  environment: NodeJS.ProcessEnv;
  tell: (message: string) => void;
  signal: AbortSignal;
}

/** Resolves to the variables that make `docker` and `docker compose` work: none, or PATH and DOCKER_CONFIG. */
export async function provideClient(options: ClientOptions): Promise<Record<string, string>> {
  if (await hasCompose(options.environment, options.signal)) return {};
  const privately = await privateClient(options);
  if (await hasCompose({ ...options.environment, ...privately }, options.signal)) return privately;
  if (!isDebian() || !knowsSuiteKeys()) {
    throw new EngineMissing(
      `no "docker compose" ${OLDEST_COMPOSE} or later is installed`,
      'Install it: https://docs.docker.com/compose/install/',
    );
  }
  options.tell('take the Docker client and Compose out of Debian’s packages (once, some seconds)');
  await fillCache(options);
  const variables = await privateClient(options);
  if (await hasCompose({ ...options.environment, ...variables }, options.signal)) return variables;
  throw new Error(
    `Debian’s docker-compose does not work here; see "docker compose version" with ${JSON.stringify(variables)}`,
  );
}

async function hasCompose(environment: NodeJS.ProcessEnv, signal: AbortSignal): Promise<boolean> {
  if ((await searchPath(['docker'], environment.PATH ?? '')).length === 0) return false;
  const outcome = await runCommand({
    command: 'docker',
    args: ['compose', 'version', '--short'],
    env: environment,
    signal,
  });
  const version = /(\d+\.\d+\.\d+)/.exec(outcome.stdout)?.[1];
  return outcome.exitCode === 0 && version !== undefined && compareVersions(version, OLDEST_COMPOSE) >= 0;
}

/** A client that is installed stays in use: only the plug-in is added to it, by a configuration folder of its own. */
async function privateClient({ cache, environment }: ClientOptions): Promise<Record<string, string>> {
  const installed = await searchPath(['docker'], environment.PATH ?? '');
  const variables = { DOCKER_CONFIG: path.join(cache, 'config') };
  return installed.length > 0
    ? variables
    : { ...variables, PATH: `${path.join(cache, 'bin')}${path.delimiter}${environment.PATH ?? ''}` };
}

/** Complete or not there at all: unpacked elsewhere, moved into place in one step. */
async function fillCache({ cache, signal }: ClientOptions): Promise<void> {
  const partial = `${cache}.partial-${process.pid}`;
  await rm(partial, { recursive: true, force: true });
  const unpacked = path.join(partial, 'unpacked');
  try {
    await mkdir(path.join(partial, 'bin'), { recursive: true });
    await mkdir(path.join(partial, 'config', 'cli-plugins'), { recursive: true });
    await unpackPackages(['docker-cli', 'docker-compose'], unpacked, signal);
    await rename(path.join(unpacked, 'usr/bin/docker'), path.join(partial, 'bin', 'docker'));
    const plugin = path.join(unpacked, 'usr/libexec/docker/cli-plugins/docker-compose');
    await rename(plugin, path.join(partial, 'config', 'cli-plugins', 'docker-compose'));
    await rm(unpacked, { recursive: true });
    await rm(cache, { recursive: true, force: true });
    await rename(partial, cache);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

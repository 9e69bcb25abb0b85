/** Finds the container engine of this machine and Compose, and refuses those that are too old or elsewhere. */
import type { ContainerRuntimeClient } from 'testcontainers';
import { SignoffError } from '../../model/errors.ts';
import { findAnsweringEngine } from './answering-engine.ts';
import { LOOPBACK } from '../processes/free-port.ts';
import { describeProblem } from '../processes/await-ready.ts';
import { runCommand } from '../processes/run-command.ts';
import { compareVersions } from '../tools/check-version.ts';

export type Docker = ContainerRuntimeClient['container']['dockerode'];

export interface Engine {
  docker: Docker;
  /** Of the engine, for instance 20.10.24. */
  version: string;
  composeVersion: string;
}

/** Docker 20.10: the first with `one-shot` statistics (Docker Engine API, version history, 1.41). */
const OLDEST_API = '1.41';
/** The first that understands `!override` and `!reset` in an extending service (Compose release notes). */
const OLDEST_COMPOSE = '2.24.4';

const USE_EMBEDDED = 'Or use --environment embedded: it needs no engine.';

/** Rejects with ENGINE_UNUSABLE, saying what is missing and what mends it. */
export async function findEngine(environment: NodeJS.ProcessEnv = process.env): Promise<Engine> {
  refuseRemote(environment.DOCKER_HOST);
  const { answers, looked } = await findAnsweringEngine(environment);
  if (answers === null) throw unusable(`no container engine answers at ${looked}`, 'Start Docker.');
  refuseRemote(answers);
  const docker = await requireDocker();
  const { Version: version, ApiVersion: api } = await docker.version();
  const composeVersion = await readComposeVersion();
  refuseOld({ version, api, composeVersion });
  return { docker, version, composeVersion };
}

/** The engine alone, for cleaning up; null where none answers. */
export async function findDocker(): Promise<Docker | null> {
  if ((await findAnsweringEngine()).answers === null) return null;
  try {
    return await requireDocker();
  } catch {
    return null; // it has gone this moment: there is nothing of ours to find on it
  }
}

/** Rejects with ENGINE_UNUSABLE where none answers. */
export async function requireDocker(): Promise<Docker> {
  const { answers, looked } = await findAnsweringEngine();
  if (answers === null) throw unusable(`no container engine answers at ${looked}`, 'Start Docker.');
  // Testcontainers, Compose and the docker command each have a search of their own: all are to find this one.
  process.env['DOCKER_HOST'] = answers;
  // Inside a container Testcontainers would try the bridge's gateway, where nothing of ours is published.
  process.env['TESTCONTAINERS_HOST_OVERRIDE'] = LOOPBACK;
  // Loaded only where an engine is wanted: it takes half a second.
  const { getContainerRuntimeClient } = await import('testcontainers');
  try {
    return (await getContainerRuntimeClient()).container.dockerode;
  } catch (error) {
    throw unusable(
      `the container engine at ${answers} cannot be used (${describeProblem(error)})`,
      'Start Docker.',
      error,
    );
  }
}

/** Throws ENGINE_UNUSABLE for versions that lack what is used. */
export function refuseOld({
  version,
  api,
  composeVersion,
}: {
  version: string;
  api: string;
  composeVersion: string;
}): void {
  if (!isAtLeast(api, OLDEST_API)) {
    throw unusable(
      `the container engine is too old: ${version} speaks API ${api}, and ${OLDEST_API} (Docker 20.10) is the first that will do`,
      'Update Docker.',
    );
  }
  if (!isAtLeast(composeVersion, OLDEST_COMPOSE)) {
    throw unusable(
      `Compose is too old: ${composeVersion}; ${OLDEST_COMPOSE} is the first that will do`,
      'Update the docker-compose-plugin.',
    );
  }
}

/** Ports are published to the loopback of the engine's machine, which must be ours. */
function refuseRemote(host: string | undefined): void {
  if (host === undefined || host === '' || /^(unix|npipe):/.test(host)) return;
  if (/^tcp:\/\/(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/.test(host)) return;
  throw unusable(
    `DOCKER_HOST names an engine on another machine (${host.replace(/\/\/[^@/]*@/, '//')}), whose published ports cannot be reached from here`,
    'Unset DOCKER_HOST to take the engine of this machine.',
  );
}

async function readComposeVersion(): Promise<string> {
  const mend = 'Install the docker-compose-plugin (Compose 2).';
  const outcome = await runCommand({ command: 'docker', args: ['compose', 'version', '--short'] }).catch(
    (error: unknown) => {
      throw unusable(`the docker command cannot be run (${describeProblem(error)})`, mend, error);
    },
  );
  const version = outcome.stdout.trim().replace(/^v/, '');
  if (outcome.exitCode === 0 && /^\d+\.\d+/.test(version)) return version;
  throw unusable(`docker has no Compose: ${outcome.tail.slice(0, 3).join(' ') || 'it says nothing'}`, mend);
}

function unusable(message: string, mend: string, cause?: unknown): SignoffError {
  return new SignoffError('ENGINE_UNUSABLE', message, { hint: `${mend}\n${USE_EMBEDDED}`, cause });
}

/** 2.26.1-4 is at least 2.24.4; what follows the numbers is a distribution's mark. */
const isAtLeast = (version: string, oldest: string): boolean =>
  compareVersions(/^\d+(\.\d+)*/.exec(version)?.[0] ?? '0', oldest) >= 0;

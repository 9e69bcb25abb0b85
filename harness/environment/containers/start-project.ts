/** Starts services of a Compose file through Testcontainers and waits until each is ready; what failed is told with its last lines. */
import path from 'node:path';
import type { DockerComposeEnvironment, StartedDockerComposeEnvironment, WaitStrategy } from 'testcontainers';
import { SignoffError } from '../../model/errors.ts';
import { interruption } from '../processes/interruption.ts';
import { describeLogTail } from '../processes/log-tail.ts';
import { endComposeCommands } from './compose-commands.ts';
import { composeVariables, type ComposeRun } from './compose-variables.ts';
import type { ContainerWatch } from './follow-containers.ts';
import { explainComposeFailure } from './explain-compose-failure.ts';

export interface StartProjectOptions {
  /** Of the Compose file. */
  file: string;
  /** Compose's name for what belongs together. */
  project: string;
  services: string[];
  /** For each service; Testcontainers' names for their containers are made from it. */
  waits: Record<string, WaitStrategy>;
  run: ComposeRun;
  watch: ContainerWatch;
  timeoutMs: number;
  signal: AbortSignal;
}

/** Rejects with SERVER_NOT_READY, PORT_TAKEN, IMAGE_MISSING or INTERRUPTED; nothing of the project is left then. */
export async function startProject(options: StartProjectOptions): Promise<StartedDockerComposeEnvironment> {
  const { run, signal } = options;
  const { DockerComposeEnvironment } = await import('testcontainers');
  const { dir, base } = path.parse(options.file);
  const environment = configure(new DockerComposeEnvironment(dir, base), options);
  const stop = (): void => void endComposeCommands(run.id);
  signal.addEventListener('abort', stop, { once: true });
  try {
    if (signal.aborted) throw interruption(signal, 'containers were about to start');
    const started = await environment.up(options.services);
    options.watch.started();
    return started;
  } catch (error) {
    if (signal.aborted) throw interruption(signal, 'containers were starting');
    await options.watch.logsWritten();
    throw describeFailure(error, options);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** `withAutoCleanup(false)`: left-overs are found by our own label, without a container that watches over the others. */
function configure(environment: DockerComposeEnvironment, options: StartProjectOptions): DockerComposeEnvironment {
  environment
    .withProjectName(options.project)
    .withAutoCleanup(false)
    .withEnvironment(composeVariables(options.run))
    .withStartupTimeout(options.timeoutMs);
  for (const [service, wait] of Object.entries(options.waits)) environment.withWaitStrategy(`${service}-1`, wait);
  return environment;
}

/** Compose tells each step of each object; what matters stands between. */
const withoutProgress = (said: string): string =>
  said
    .split('\n')
    .filter(
      (line) =>
        !/^\s*(Network|Volume|Container)\s.*\s(Creating|Created|Starting|Started|Waiting|Healthy|Exited)\s*$/.test(
          line,
        ),
    )
    .join('\n');

function describeFailure(error: unknown, { project, watch }: StartProjectOptions): SignoffError {
  const said = error instanceof Error ? error.message : String(error);
  const { code, summary, service } = explainComposeFailure(said, project);
  const log = service === null ? '' : `; ${describeLogTail(watch.logFile(service))}`;
  const ready = process.env['SIGNOFF_SERVICE_IMAGE'] ?? '';
  const isProgram = service !== null && ['secrets', 'provision'].includes(service) && ready !== '';
  const hint = `SIGNOFF_SERVICE_IMAGE names ${ready}, which is not an image of this service.`;
  return new SignoffError(code, `${summary}${log}`, {
    cause: new Error(withoutProgress(said)),
    ...(isProgram ? { hint } : {}),
  });
}

/** Starts a container engine of our own, apart from any other, and stops it so that nothing of it is left. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { spawnServer, type ServerProcess } from '../../harness/environment/processes/server-process.ts';
import { describeLogTail } from '../../harness/environment/processes/log-tail.ts';
import type { EngineCache } from './engine-cache.ts';
import { removeEngine, type EngineState } from './remove-engine.ts';
import { answers } from './find-engine.ts';
import { systemPath } from './install-packages.ts';
import { noteNetwork } from './network-traces.ts';

export interface StartOptions {
  cache: EngineCache;
  tell: (message: string) => void;
  signal: AbortSignal;
}

export interface RunningEngine {
  host: string;
  stop: () => Promise<void>;
}

const READY_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 50;
/** Short, because the path of a socket has at most 107 bytes, and not below /tmp, which others clean. */
const RUN_PREFIX = '/run/signoff-engine-';

/** A data folder that the engine refuses (half made, or of another version) is made anew, once. */
export async function startEngine(options: StartOptions): Promise<RunningEngine> {
  try {
    return await launch(options);
  } catch (error) {
    if (options.signal.aborted || !(error instanceof EngineDidNotStart)) throw error;
    options.tell(`${error.message}\nengine: once more, with an empty data folder`);
    await rm(options.cache.data, { recursive: true, force: true });
    return await launch(options);
  }
}

class EngineDidNotStart extends Error {}

async function launch({ cache, signal }: StartOptions): Promise<RunningEngine> {
  await mkdir(cache.data, { recursive: true });
  const folder = await mkdtemp(RUN_PREFIX);
  await chmod(folder, 0o700);
  const socket = path.join(folder, 'docker.sock');
  const network = await noteNetwork();
  await writeFile(path.join(folder, 'daemon.json'), '{}\n');
  const server = spawnServer({
    name: 'dockerd',
    command: 'dockerd',
    args: daemonArguments(folder, cache.data),
    env: { ...definedOnly(process.env), PATH: systemPath() },
    cwd: '/',
    logFile: path.join(folder, 'dockerd.log'),
    user: null,
  });
  const state: EngineState = { pid: server.pid, startTime: server.startTime, folder, data: cache.data, network };
  const stop = () => removeEngine(state, cache.state);
  try {
    await writeFile(cache.state, JSON.stringify(state));
    await awaitAnswer(server, `unix://${socket}`, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return { host: `unix://${socket}`, stop };
}

function daemonArguments(folder: string, data: string): string[] {
  return [
    `--host=unix://${folder}/docker.sock`,
    `--data-root=${data}`,
    `--exec-root=${folder}/exec`,
    `--pidfile=${folder}/dockerd.pid`,
    // Of nobody else's: settings of this machine's own engine would not fit.
    `--config-file=${folder}/daemon.json`,
    // Should the distribution's containerd run, our containers are at least not among those of its other users.
    '--containerd-namespace=signoff',
    '--containerd-plugins-namespace=signoff-plugins',
  ];
}

async function awaitAnswer(server: ServerProcess, host: string, signal: AbortSignal): Promise<void> {
  let ended = false;
  void server.exited.then(() => (ended = true));
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (!(await answers(host))) {
    signal.throwIfAborted();
    if (ended) throw new EngineDidNotStart(`dockerd ended while starting; ${describeLogTail(server.logFile)}`);
    if (performance.now() > deadline) {
      throw new EngineDidNotStart(
        `dockerd did not answer within ${READY_TIMEOUT_MS / 1000} s; ${describeLogTail(server.logFile)}`,
      );
    }
    await pause(LOOK_EVERY_MS);
  }
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

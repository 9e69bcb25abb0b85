/** Runs a program to its end, in a process group of its own that goes with it when the work is interrupted. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { interruption } from './interruption.ts';
import { identifyProcess, type ProcessIdentity } from './process-identity.ts';
import type { ServerUser } from './server-user.ts';
import { stopProcess } from './stop-process.ts';

export interface RunCommandOptions {
  command: string;
  args: string[];
  cwd?: string;
  env?: Record<string, string | undefined>;
  user?: ServerUser | null;
  signal?: AbortSignal;
  timeoutMs?: number;
  onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
  /** Called at once with the new process and, by `ended`, when it is gone: for the list of processes to clean up. */
  onStart?: (identity: ProcessIdentity) => { ended: () => void };
}

export interface CommandOutcome {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  /** Both streams, as they came, at most the last 200 lines. */
  tail: string[];
  timedOut: boolean;
}

const TAIL_LINES = 200;
const GRACE_MS = 3_000;

/** Resolves whatever the exit code; rejects with INTERRUPTED on abort, and with the system's error when it cannot be started. */
export async function runCommand(options: RunCommandOptions): Promise<CommandOutcome> {
  if (options.signal?.aborted) throw interruption(options.signal, `starting ${options.command}`);
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(options.user ? { uid: options.user.uid, gid: options.user.gid } : {}),
  });
  const outcome: CommandOutcome = { exitCode: null, signal: null, stdout: '', tail: [], timedOut: false };
  for (const stream of ['stdout', 'stderr'] as const) {
    createInterface({ input: child[stream] }).on('line', (line) => {
      if (stream === 'stdout') outcome.stdout += `${line}\n`;
      outcome.tail.push(line);
      if (outcome.tail.length > TAIL_LINES) outcome.tail.shift();
      options.onLine?.(line, stream);
    });
  }
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => {
      Object.assign(outcome, { exitCode, signal });
      resolve();
    });
  });
  const identity = child.pid === undefined ? null : identifyProcess(child.pid);
  const entry = identity === null ? undefined : options.onStart?.(identity);
  await endOnAbort(ended, identity, options, outcome).finally(() => entry?.ended());
  if (options.signal?.aborted) throw interruption(options.signal, `${options.command} was running`);
  return outcome;
}

async function endOnAbort(
  ended: Promise<void>,
  identity: ProcessIdentity | null,
  { signal, timeoutMs }: RunCommandOptions,
  outcome: CommandOutcome,
): Promise<void> {
  let stopping: Promise<unknown> | undefined;
  const stop = (): void => {
    if (identity !== null) stopping ??= stopGroup(identity);
  };
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => ((outcome.timedOut = true), stop()), timeoutMs);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    await ended;
    await stopping;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** The group gets the signal too: a compiler's own children must not go on. */
async function stopGroup(identity: ProcessIdentity): Promise<void> {
  try {
    process.kill(-identity.pid, 'SIGTERM');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
  await stopProcess(identity, { signal: 'SIGTERM', graceMs: GRACE_MS });
}

/** A server as a child process of its own process group, so that Ctrl-C in a terminal reaches only us and we stop it in order. */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { SignoffError } from '../../model/errors.ts';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts';
import type { ServerUser } from './server-user.ts';

export interface ProcessExit {
  /** null when it was ended by a signal, or when it is not our child and so does not tell. */
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}

export interface ServerProcess extends ProcessIdentity {
  name: string;
  logFile: string;
  /** Settles when the process has ended; never rejects. */
  exited: Promise<ProcessExit>;
  /** Lets this program end while the server goes on. */
  release(): void;
}

export interface SpawnServerOptions {
  name: string;
  command: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
  logFile: string;
  /** null: as ourselves. */
  user: ServerUser | null;
}

/** How often a process that is not our child is looked at. */
const LOOK_EVERY_MS = 250;

/** Starts the server; its output goes to its log file, so it outlives us without a broken pipe. */
export function spawnServer(options: SpawnServerOptions): ServerProcess {
  const log = openSync(options.logFile, 'a', 0o600);
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', log, log],
    detached: true,
    ...(options.user === null ? {} : { uid: options.user.uid, gid: options.user.gid }),
  });
  closeSync(log);
  const exited = new Promise<ProcessExit>((resolve) => {
    child.on('exit', (exitCode, signal) => resolve({ exitCode, signal }));
    child.on('error', () => resolve({ exitCode: null, signal: null }));
  });
  if (child.pid === undefined) {
    throw new SignoffError(
      'SERVER_NOT_READY',
      `${options.name} could not be started: ${options.command} cannot be run`,
    );
  }
  // A child that ended at once is a zombie until Node has asked, so it has no identity: any start time will do then.
  const identity = identifyProcess(child.pid) ?? { pid: child.pid, startTime: 'ended' };
  return { name: options.name, logFile: options.logFile, ...identity, exited, release: () => child.unref() };
}

/** A server that another program of ours started. */
export function adoptServer(record: ProcessIdentity & { name: string; logFile: string }): ServerProcess {
  const exited = new Promise<ProcessExit>((resolve) => {
    const timer = setInterval(() => {
      if (isRunning(record)) return;
      clearInterval(timer);
      resolve({ exitCode: null, signal: null });
    }, LOOK_EVERY_MS);
    timer.unref();
  });
  return { ...record, exited, release: () => undefined };
}

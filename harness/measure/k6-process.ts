/** Runs k6 as a child in a process group of its own, and sees to its end on every path. */
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { lineSplitter } from './line-splitter.ts';

/** Enough for the reason of a failure; a script that fails in every iteration writes without end. */
const STDERR_LINES_KEPT = 40;
const STDERR_LINE_LENGTH = 600;

/** From a polite end, in which k6 still writes its last samples, to a forced one. */
const KILL_AFTER_MS = 5_000;

export interface K6Exit {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  endedAtMs: number;
  stderrTail: string[];
}

export interface K6Run {
  pid: number;
  /** Resolves when k6 has ended and all that it wrote was read. */
  ended: Promise<K6Exit>;
  /** Ends the process group: SIGTERM, then SIGKILL. */
  stop: () => void;
}

export interface K6Start {
  path: string;
  args: string[];
  env: Record<string, string>;
  cwd: string;
  onOutput: (chunk: string) => void;
}

/** Starts k6. Rejects when it cannot be started at all. */
export async function startK6({ path, args, env, cwd, onOutput }: K6Start): Promise<K6Run> {
  const child = spawn(path, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  await once(child, 'spawn');
  const pid = child.pid as number;
  child.stdout.setEncoding('utf8').on('data', onOutput);
  const stderrTail = keepTail(child.stderr);
  const ended = waitForEnd(child, stderrTail);
  return { pid, ended, stop: () => stopGroup(pid, ended) };
}

async function waitForEnd(child: ChildProcessByStdio<null, Readable, Readable>, stderrTail: string[]): Promise<K6Exit> {
  const [exitCode, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { exitCode, signal, endedAtMs: Date.now(), stderrTail };
}

function keepTail(stderr: Readable): string[] {
  const tail: string[] = [];
  const addChunk = lineSplitter((line) => {
    tail.push(withoutTokens(line).slice(0, STDERR_LINE_LENGTH));
    if (tail.length > STDERR_LINES_KEPT) tail.shift();
  });
  stderr.setEncoding('utf8').on('data', addChunk);
  return tail;
}

/** A session token may stand in an error message of the script; the tail goes into the run folder. */
function withoutTokens(line: string): string {
  return line.replaceAll(/eyJ[\w-]+\.[\w-]*\.?[\w-]*/g, '<token>');
}

function stopGroup(pid: number, ended: Promise<unknown>): void {
  if (!signalGroup(pid, 'SIGTERM')) return;
  const forced = setTimeout(() => signalGroup(pid, 'SIGKILL'), KILL_AFTER_MS);
  void ended.finally(() => clearTimeout(forced));
}

/** Whether there was still something to signal. */
function signalGroup(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

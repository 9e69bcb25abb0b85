/** Runs the program as a child process with a state folder of its own, for the end-to-end tests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { resultSchema, type Result } from '../model/result.ts';

const root = path.join(import.meta.dirname, '..', '..');
const pinnedNode = path.join(root, 'node_modules', 'node', 'bin', 'node');

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** A folder that is the TMPDIR of the runs in it, so that tests see only what they started themselves. */
export interface Bench {
  directory: string;
  start(...args: string[]): { child: ChildProcess; ended: Promise<Ended> };
  run(...args: string[]): Promise<Ended>;
  /** Command lines of the processes that have this bench in their environment or arguments. */
  processes(): Promise<string[]>;
  remove(): Promise<void>;
}

/** An address where nothing listens: on a machine with an engine, `auto` takes the embedded servers then. */
const NO_ENGINE = 'unix:///nonexistent/docker.sock';

/** `engine`: the runs see the container engine of this machine. `variables`: for the runs alone. */
export async function createBench(
  options: { engine?: boolean; variables?: Record<string, string> } = {},
): Promise<Bench> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'signoff-e2e-'));
  await chmod(directory, 0o755); // the servers, as another user, must get into it; else the state lies elsewhere
  const engine = options.engine === true ? {} : { DOCKER_HOST: NO_ENGINE };
  const start = (...args: string[]) => {
    const child = spawn(pinnedNode, [path.join(root, 'harness', 'cli.ts'), ...args], {
      cwd: directory,
      env: { ...process.env, ...engine, ...options.variables, TMPDIR: directory, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const text = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text.out += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (text.err += chunk));
    const ended = new Promise<Ended>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        resolve({ code, ...text });
      });
    });
    return { child, ended };
  };
  return {
    directory,
    start,
    run: (...args) => start(...args).ended,
    processes: () => findProcesses(directory),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** The result of a run that wrote to `out`. */
export async function readResultOf(out: string): Promise<Result> {
  return resultSchema.parse(JSON.parse(await readFile(path.join(out, 'result.json'), 'utf8')));
}

async function findProcesses(directory: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (file: string) => readFile(path.join('/proc', pid, file), 'utf8').catch(() => '');
      const [line, environment] = await Promise.all([read('cmdline'), read('environ')]);
      const ours = line.includes(directory) || environment.includes(`TMPDIR=${directory}`);
      return ours ? [`${pid} ${line.replaceAll('\0', ' ').slice(0, 120)}`] : [];
    }),
  );
  return found.flat();
}

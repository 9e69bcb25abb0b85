/** Runs one step of the checks as a child process and tells how it ended. */
import { spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.dirname(import.meta.dirname);

export interface Step {
  title: string;
  /** A program of node_modules/.bin, run on this very Node. */
  program: string;
  args: string[];
  /** Added to ours. */
  environment?: Record<string, string>;
  /** Ends the step; what it was then counts as failed. */
  signal?: AbortSignal;
  /** Its output is kept until it has ended, because another step is running; straight to ours without it. */
  held?: boolean;
}

/** True when the step ended with exit code 0. */
export async function runStep(step: Step): Promise<boolean> {
  const head = `\n▸ ${step.title}\n`;
  if (step.held !== true) process.stdout.write(head);
  const startedAt = performance.now();
  const binary = path.join(root, 'node_modules', '.bin', step.program);
  const child = spawn(process.execPath, [binary, ...step.args], {
    cwd: root,
    stdio: step.held === true ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, ...step.environment },
  });
  const kept: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => kept.push(chunk));
  const end = () => child.kill('SIGTERM');
  step.signal?.addEventListener('abort', end);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  }).finally(() => step.signal?.removeEventListener('abort', end));
  if (step.held === true) process.stdout.write(Buffer.concat([Buffer.from(head), ...kept]));
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  process.stdout.write(`${code === 0 ? '✔' : '✘'} ${step.title} (${seconds} s)\n`);
  return code === 0;
}

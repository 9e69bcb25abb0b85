/** Runs the seeder as a person would, on the repository's own Node, and hands back what it said. For tests. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const node = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
const main = fileURLToPath(new URL('../main.ts', import.meta.url));

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface SpawnOptions {
  env?: Record<string, string>;
  /** Told of stderr as it grows. */
  onStderr?: (stderr: string, child: ChildProcess) => void;
}

export async function spawnSeeder(
  args: readonly string[],
  { env = {}, onStderr }: SpawnOptions = {},
): Promise<Outcome> {
  const child = spawn(node, [main, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr.on('data', (data: Buffer) => {
    stderr += data.toString();
    onStderr?.(stderr, child);
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on('error', reject);
  child.on('close', resolve);
  return { code: await promise, stdout, stderr };
}

/** Stopping is polite first, then forceful, and leaves alone whoever was given the pid since. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts';
import { stopProcess } from './stop-process.ts';

const children: ChildProcess[] = [];

/** A shell that says when it is set up, so that no signal comes too early. */
async function startShell(script: string): Promise<ProcessIdentity> {
  const child = spawn('sh', ['-c', `${script}; echo ready; while :; do sleep 0.05; done`], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  const identity = identifyProcess(child.pid ?? 0);
  if (identity === null) throw new Error('the shell ended at once');
  return identity;
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

describe('stopProcess', () => {
  it('lets a process end by itself', async () => {
    const shell = await startShell('trap "exit 0" TERM');
    expect(await stopProcess(shell, { signal: 'SIGTERM', graceMs: 5_000 })).toBe('obeyed');
    expect(isRunning(shell)).toBe(false);
  });

  it('kills one that does not listen', async () => {
    const shell = await startShell('trap "" TERM');
    expect(await stopProcess(shell, { signal: 'SIGTERM', graceMs: 100 })).toBe('killed');
    expect(isRunning(shell)).toBe(false);
  });

  it('does not touch another process that has the pid now', async () => {
    const shell = await startShell(':');
    expect(await stopProcess({ ...shell, startTime: 'earlier' }, { signal: 'SIGKILL', graceMs: 100 })).toBe('gone');
    expect(isRunning(shell)).toBe(true);
  });
});

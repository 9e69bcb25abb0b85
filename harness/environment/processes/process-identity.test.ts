/** A process is recognised as long as it runs, and never confused with another that has its pid. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { identifyProcess, identifySelf, isRunning } from './process-identity.ts';

describe('process identity', () => {
  it('recognises this process', () => {
    expect(isRunning(identifySelf())).toBe(true);
  });

  it('tells a process that has ended from one that runs', async () => {
    const child = spawn('sleep', ['60']);
    await once(child, 'spawn');
    const identity = identifyProcess(child.pid ?? 0);
    expect(identity).not.toBeNull();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(identity !== null && isRunning(identity)).toBe(false);
  });

  it('does not take another process with the same pid for the one that was meant', () => {
    expect(isRunning({ pid: process.pid, startTime: 'of somebody else' })).toBe(false);
  });
});

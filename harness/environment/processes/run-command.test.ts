/** A command runs to its end, or is ended with everything it started. */
import { describe, expect, it } from 'vitest';
import { identifyProcess, isRunning, type ProcessIdentity } from './process-identity.ts';
import { runCommand } from './run-command.ts';

describe('runCommand', () => {
  it('collects what the command says and how it ends', async () => {
    const outcome = await runCommand({ command: 'sh', args: ['-c', 'echo out; echo err >&2; exit 7'] });
    expect(outcome).toMatchObject({ exitCode: 7, signal: null, stdout: 'out\n', timedOut: false });
    expect(outcome.tail).toEqual(expect.arrayContaining(['out', 'err']));
  });

  it('ends the whole group when it is interrupted', async () => {
    const stop = new AbortController();
    const grandchild: { identity: ProcessIdentity | null } = { identity: null };
    const run = runCommand({
      command: 'sh',
      args: ['-c', 'sleep 60 & echo $!; wait'],
      signal: stop.signal,
      onLine: (line) => {
        grandchild.identity = identifyProcess(Number(line));
        stop.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(grandchild.identity).not.toBeNull();
    await expect.poll(() => grandchild.identity !== null && isRunning(grandchild.identity)).toBe(false);
  });

  it('ends a command that takes too long', async () => {
    const outcome = await runCommand({ command: 'sleep', args: ['60'], timeoutMs: 50 });
    expect(outcome).toMatchObject({ timedOut: true, signal: 'SIGTERM' });
  });

  it('rejects with the reason when the program cannot be started', async () => {
    await expect(runCommand({ command: '/nowhere/program', args: [] })).rejects.toThrow('ENOENT');
  });
});

/** Waiting for a server ends with its answer, its end, or a message that shows what it said last. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SignoffError } from '../../model/errors.ts';
import { awaitReady } from './await-ready.ts';
import { baseEnvironment } from './base-environment.ts';
import { readLogTail } from './log-tail.ts';
import { spawnServer, type ServerProcess } from './server-process.ts';
import { stopProcess } from './stop-process.ts';

let folder = '';
let server: ServerProcess | null = null;
const { signal } = new AbortController();

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'await-ready-'));
});

afterEach(async () => {
  if (server !== null) await stopProcess(server, { signal: 'SIGKILL', graceMs: 1_000 });
  rmSync(folder, { recursive: true });
});

function start(script: string): ServerProcess {
  const logFile = path.join(folder, 'log');
  server = spawnServer({
    name: 'pretender',
    command: 'sh',
    args: ['-c', script],
    env: baseEnvironment(),
    cwd: folder,
    logFile,
    user: null,
  });
  return server;
}

describe('awaitReady', () => {
  it('resolves at the first good answer', async () => {
    let asked = 0;
    const probe = () => Promise.resolve((asked += 1) < 3 ? 'not yet' : null);
    await awaitReady({ server: start('sleep 60'), probe, timeoutMs: 5_000, signal });
    expect(asked).toBe(3);
  });

  it('shows the last answer and the end of the log when the time is over', async () => {
    const started = start('echo something is wrong; sleep 60');
    await expect.poll(() => readLogTail(started.logFile)).toEqual(['something is wrong']);
    const probe = () => Promise.reject(new Error('', { cause: new Error('connect ECONNREFUSED') }));
    await expect(awaitReady({ server: started, probe, timeoutMs: 200, signal })).rejects.toThrow(
      /pretender was not ready .*ECONNREFUSED.*\n.*something is wrong/,
    );
  });

  it('does not wait for a server that has ended', async () => {
    const started = start('echo no such option; exit 3');
    const outcome = awaitReady({ server: started, probe: () => Promise.resolve('no'), timeoutMs: 20_000, signal });
    await expect(outcome).rejects.toThrow(/ended with exit code 3 while starting.*\n.*no such option/);
  });

  it('gives up with the reason of the signal', async () => {
    const reason = new SignoffError('SERVER_DIED', 'another server died');
    const outcome = awaitReady({
      server: start('sleep 60'),
      probe: () => Promise.resolve('no'),
      timeoutMs: 20_000,
      signal: AbortSignal.abort(reason),
    });
    await expect(outcome).rejects.toBe(reason);
  });
});

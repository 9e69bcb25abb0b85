/** Left-overs go, with their processes; systems in use, kept systems and strangers' processes stay. Real processes, own TMPDIR. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyProcess, identifySelf, isRunning, type ProcessIdentity } from '../processes/process-identity.ts';
import { enterPrivateTemporary, type PrivateTemporary } from '../testing/private-temporary.ts';
import { removeLeftOvers } from './remove-left-overs.ts';
import { requireStateRoot } from './state-root.ts';
import {
  markReleased,
  markStopping,
  processNamespace,
  stateFile,
  writeJson,
  type SystemState,
} from './system-state.ts';

const children: ChildProcess[] = [];
let temporary: PrivateTemporary;
const gone: ProcessIdentity = { pid: process.pid, startTime: 'a process that had our pid before us' };

beforeEach(() => {
  temporary = enterPrivateTemporary();
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  temporary.leave();
});

async function startSleeper(): Promise<ProcessIdentity> {
  const child = spawn('sleep', ['60'], { detached: true });
  children.push(child);
  await once(child, 'spawn');
  const identity = identifyProcess(child.pid ?? 0);
  if (identity === null) throw new Error('sleep ended at once');
  return identity;
}

function writeSystem(id: string, change: Partial<SystemState>): string {
  const directory = path.join(requireStateRoot(), id);
  mkdirSync(directory);
  const state: SystemState = {
    schemaVersion: 1,
    id,
    harness: gone,
    keep: false,
    processNamespace: processNamespace(),
    onEngine: false,
    processes: [],
    ...change,
  };
  writeJson(stateFile(directory), state);
  return directory;
}

const asRedis = (identity: ProcessIdentity) => ({
  ...identity,
  name: 'redis',
  kind: 'redis' as const,
  logFile: '/nowhere',
});

describe('removeLeftOvers', () => {
  it('does nothing where no system ever ran', async () => {
    expect(await removeLeftOvers()).toEqual([]);
  });

  it('ends the processes of a killed run and removes its folder', async () => {
    const sleeper = await startSleeper();
    const directory = writeSystem('killed', { processes: [asRedis(sleeper)] });
    expect(await removeLeftOvers()).toEqual([{ id: 'killed', directory, processes: ['redis'], problem: null }]);
    expect(isRunning(sleeper)).toBe(false);
    expect(existsSync(directory)).toBe(false);
  });

  it('leaves a process alone that was given the recorded pid', async () => {
    const sleeper = await startSleeper();
    writeSystem('old', { processes: [asRedis({ ...sleeper, startTime: 'before' })] });
    expect(await removeLeftOvers()).toMatchObject([{ id: 'old', processes: [] }]);
    expect(isRunning(sleeper)).toBe(true);
  });

  it('leaves a system alone whose harness runs, and one of another container', async () => {
    const directories = [
      writeSystem('in-use', { harness: identifySelf() }),
      writeSystem('elsewhere', { processNamespace: 'pid:[1]' }),
    ];
    expect(await removeLeftOvers()).toEqual([]);
    expect(directories.map((directory) => existsSync(directory))).toEqual([true, true]);
  });

  it('keeps a kept system as long as something of it runs', async () => {
    const sleeper = await startSleeper();
    const gone = { ...sleeper, startTime: 'before' };
    markReleased(writeSystem('kept', { keep: true, processes: [asRedis(sleeper)] }));
    markReleased(writeSystem('kept-before-a-restart', { keep: true, processes: [asRedis(gone)] }));
    expect(await removeLeftOvers()).toMatchObject([{ id: 'kept-before-a-restart' }]);
    expect(isRunning(sleeper)).toBe(true);
  });

  it('removes a system that was to be kept when its maker was killed before letting go of it', async () => {
    const sleeper = await startSleeper();
    writeSystem('killed', { keep: true, processes: [asRedis(sleeper)] });
    expect(await removeLeftOvers()).toMatchObject([{ id: 'killed', processes: ['redis'] }]);
    expect(isRunning(sleeper)).toBe(false);
  });

  it('goes on with a stop that was cut short', async () => {
    const sleeper = await startSleeper();
    markStopping(writeSystem('half-stopped', { keep: true, processes: [asRedis(sleeper)] }));
    expect(await removeLeftOvers()).toMatchObject([{ id: 'half-stopped', processes: ['redis'] }]);
    expect(isRunning(sleeper)).toBe(false);
  });

  it('removes a folder without a readable state only when it is not being made just now', async () => {
    const [fresh, wreck] = ['fresh', 'wreck'].map((id) => path.join(requireStateRoot(), id)) as [string, string];
    for (const directory of [fresh, wreck]) mkdirSync(directory);
    writeFileSync(stateFile(wreck), '{"schemaVersion":');
    utimesSync(wreck, new Date(0), new Date(0));
    expect(await removeLeftOvers()).toMatchObject([{ id: 'wreck' }]);
    expect(existsSync(fresh)).toBe(true);
  });
});

/** kill -9 of a harness leaves servers behind; the next start finds them, ends them and removes their folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { typescriptNode } from '../service/service-program.ts';
import { isRunning } from '../processes/process-identity.ts';
import { enterPrivateTemporary, type PrivateTemporary } from '../testing/private-temporary.ts';
import { removeLeftOvers } from './remove-left-overs.ts';
import { readState } from './system-state.ts';

const devSystem = path.join(import.meta.dirname, '..', 'testing', 'dev-system.ts');

let temporary: PrivateTemporary;

beforeAll(() => {
  temporary = enterPrivateTemporary();
});

afterAll(() => {
  temporary.leave();
});

describe('a harness that is killed', () => {
  it('leaves nothing after the next start', async () => {
    const harness = spawn(typescriptNode(), [devSystem, '--tenants', '3', '--arms', 'rls'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const directory = await new Promise<string>((resolve, reject) => {
      harness.on('exit', () => reject(new Error('the harness ended by itself')));
      createInterface({ input: harness.stdout }).on('line', (line) => {
        const file = /^system +(.+)$/.exec(line)?.[1];
        if (file !== undefined) resolve(path.dirname(file));
      });
    });
    harness.kill('SIGKILL');
    await once(harness, 'exit');
    const processes = readState(directory)?.processes ?? [];
    expect(
      processes
        .filter(isRunning)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['postgres', 'redis', 'service:rls', 'vault']);
    const [removed] = await removeLeftOvers();
    expect(removed?.processes.sort()).toEqual(['postgres', 'redis', 'service:rls', 'vault']);
    expect(processes.filter(isRunning)).toEqual([]);
    expect(existsSync(directory)).toBe(false);
  });
});

/** An embedded system comes up whole or not at all, says when a server dies, and leaves neither process nor folder. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { LOOPBACK } from '../processes/free-port.ts';
import { isRunning } from '../processes/process-identity.ts';
import { stateRootPath } from '../state/state-root.ts';
import { readState, type ProcessRecord } from '../state/system-state.ts';
import { enterPrivateTemporary, type PrivateTemporary } from '../testing/private-temporary.ts';
import { provisionTools } from '../tools/provision-tools.ts';
import { toolNames } from '../tools/tool.ts';
import type { Toolset } from '../tools/tool.ts';
import type { ServerDeath, StartOptions } from '../environment-driver.ts';
import type { EmbeddedSystem } from './embedded-system.ts';
import { startEmbedded } from './start-embedded.ts';

const quiet = { progress: () => undefined, signal: new AbortController().signal };
let tools: Toolset;
let temporary: PrivateTemporary;
let running: EmbeddedSystem | null = null;

beforeAll(async () => {
  temporary = enterPrivateTemporary();
  tools = await provisionTools(quiet, toolNames);
});

afterAll(() => {
  temporary.leave();
});

afterEach(async () => {
  await running?.stop();
  running = null;
});

const start = async (change: Partial<StartOptions> = {}) =>
  (running = await startEmbedded({ keep: false, tools, ...quiet, ...change }));
const folders = () => (existsSync(stateRootPath()) ? readdirSync(stateRootPath()) : []);

function recordOf(directory: string, name: string): ProcessRecord {
  const record = readState(directory)?.processes.find((process) => process.name === name);
  if (record === undefined) throw new Error(`no process ${name} is recorded`);
  return record;
}

describe('startEmbedded', () => {
  it('leaves no process and no folder', async () => {
    const { system } = await start();
    await running?.startServices([{ arm: 'rls', slot: 0 }]);
    const processes = readState(system.directory)?.processes ?? [];
    expect(processes.map(({ name }) => name).sort()).toEqual(['postgres', 'redis', 'service:rls', 'vault']);
    expect(processes.every(isRunning)).toBe(true);
    await running?.stop();
    expect(processes.filter(isRunning)).toEqual([]);
    expect(existsSync(system.directory)).toBe(false);
  });

  it('keeps secrets from other users', async () => {
    const { directory } = (await start()).system;
    const modes = ['system.json', 'state.json', 'secrets', 'postgres', 'vault', 'redis', 'logs'].map(
      (name) => statSync(path.join(directory, name)).mode & 0o077,
    );
    expect(modes.every((mode) => mode === 0)).toBe(true);
    expect(statSync(directory).mode & 0o066).toBe(0);
  });

  it('tells that a server died, which one, and how', async () => {
    const { system } = await start();
    const death = new Promise<ServerDeath>((resolve) => running?.onDeath(resolve));
    process.kill(recordOf(system.directory, 'redis').pid, 'SIGKILL');
    expect(await death).toMatchObject({ code: 'SERVER_DIED', server: 'redis', exit: { signal: 'SIGKILL' } });
    const learntLate = await new Promise<ServerDeath>((resolve) => running?.onDeath(resolve));
    expect(learntLate).toBe(await death);
    expect(learntLate.message).toMatch(
      /redis ended by itself with SIGKILL; the end of its log:\n.*Ready to accept connections/s,
    );
  });

  it('refuses a port that is taken, and leaves nothing', async () => {
    const holder = createServer().listen(0, LOOPBACK);
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const refusal = start({ ports: { vault: port } }).finally(() => holder.close());
    await expect(refusal).rejects.toMatchObject({
      code: 'PORT_TAKEN',
      message: expect.stringContaining(`port ${port} for Vault`) as string,
    });
    expect(folders()).toEqual([]);
  });

  it('stops everything again when it is interrupted on the way', async () => {
    const stop = new AbortController();
    const seen: ProcessRecord[] = [];
    const starting = start({ signal: stop.signal });
    await expect
      .poll(() => {
        for (const id of folders()) seen.push(...(readState(path.join(stateRootPath(), id))?.processes ?? []));
        return seen.some(({ name }) => name === 'vault');
      })
      .toBe(true);
    stop.abort();
    await expect(starting).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(seen.filter(isRunning)).toEqual([]);
    expect(folders()).toEqual([]);
  });
});

/** Services start fresh for each assignment, a kept system can be taken over and stopped by another program. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ServerDeath } from '../environment-driver.ts';
import { identifyProcess, isRunning } from '../processes/process-identity.ts';
import { findRunningSystem, listRunningSystems, stopSystem } from '../state/running-system.ts';
import { enterPrivateTemporary, type PrivateTemporary } from '../testing/private-temporary.ts';
import { provisionTools } from '../tools/provision-tools.ts';
import { toolNames } from '../tools/tool.ts';
import type { EmbeddedSystem } from './embedded-system.ts';
import { embeddedDriver, startEmbedded } from './start-embedded.ts';
import { askVault } from './vault-client.ts';

const quiet = { progress: () => undefined, signal: new AbortController().signal };
let temporary: PrivateTemporary;
let running: EmbeddedSystem;
const deaths: ServerDeath[] = [];

beforeAll(async () => {
  temporary = enterPrivateTemporary();
  running = await startEmbedded({ keep: true, tools: await provisionTools(quiet, toolNames), ...quiet });
  running.onDeath((death) => deaths.push(death));
});

afterAll(async () => {
  await running.stop();
  temporary.leave();
});

const modeAt = async (url: string): Promise<unknown> =>
  ((await (await fetch(`${url}/readyz`)).json()) as { rlsMode: unknown }).rlsMode;

describe('a running system', () => {
  it('runs exactly the assignment that was asked for, in fresh processes, on the slots’ ports', async () => {
    const first = await running.startServices([
      { arm: 'rls', slot: 0 },
      { arm: 'filter', slot: 1 },
    ]);
    const identities = first.map(({ pid }) => identifyProcess(pid ?? 0));
    const second = await running.startServices([
      { arm: 'filter', slot: 0 },
      { arm: 'rls', slot: 1 },
    ]);
    expect(second.map(({ url }) => url)).toEqual(first.map(({ url }) => url));
    expect(await Promise.all(second.map(({ url }) => modeAt(url)))).toEqual(['filter', 'rls']);
    expect(identities.some((identity) => identity !== null && isRunning(identity))).toBe(false);
    expect(running.system.services).toEqual(second);
    expect(deaths).toEqual([]);
  });

  it('passes configuration on, and shows what a service says that refuses it', async () => {
    const refused = running.startServices([{ arm: 'rls', slot: 0 }], { env: { ALPHAPULSE_NO_SUCH_KEY: '1' } });
    await expect(refused).rejects.toThrow(/service:rls ended with exit code 64 while starting(.|\n)*NO_SUCH_KEY/);
    expect(running.system.services).toEqual([]);
  });

  it('is seeded, with a policy in Vault for each tenant', async () => {
    const manifestPath = path.join(running.system.directory, 'manifest.json');
    const manifest = await running.seed({ tenants: 3, seed: '7', rowsPerTenant: 200, manifestPath, ...quiet });
    expect(manifest.tenantCount).toBe(3);
    expect(running.system.manifestPath).toBe(manifestPath);
    const { address, rootToken } = running.system.vault;
    const answer = await askVault({ address, token: rootToken }, 'LIST', 'sys/policies/acl');
    for (const { id } of manifest.tenants) expect(JSON.stringify(answer)).toContain(`"tenant-${id}"`);
  });

  it('shows the output of a seeder that fails', async () => {
    const manifestPath = path.join(running.system.directory, 'other.json');
    const outcome = running.seed({ tenants: -1, seed: '7', manifestPath, ...quiet });
    await expect(outcome).rejects.toMatchObject({
      code: 'SEED_FAILED',
      message: expect.stringContaining('exit code 64') as string,
    });
  });

  it('has a Vault that can be sealed and unsealed with the key of the system', async () => {
    const { address, rootToken: token, unsealKey: key } = running.system.vault;
    await askVault({ address, token }, 'PUT', 'sys/seal');
    expect(await askVault({ address }, 'GET', 'sys/seal-status')).toMatchObject({ sealed: true });
    await askVault({ address }, 'PUT', 'sys/unseal', { key });
    expect(await askVault({ address }, 'GET', 'sys/seal-status')).toMatchObject({ sealed: false });
  });

  it('is found by other programs, which may run services on it without anyone seeing a death', async () => {
    const found = (await listRunningSystems()).find(({ id }) => id === running.system.id);
    expect(await findRunningSystem()).not.toBeNull();
    const other = await embeddedDriver.attach(found ?? running.system);
    const [service] = await other.startServices([{ arm: 'bare', slot: 0 }]);
    expect(await modeAt(service?.url ?? '')).toBe('bare');
    other.release();
    expect(deaths).toEqual([]);
  });

  it('is stopped by another program, which its starter learns', async () => {
    await stopSystem(running.system);
    await running.stopped;
    expect(existsSync(running.system.directory)).toBe(false);
    expect(deaths).toEqual([]);
  });
});

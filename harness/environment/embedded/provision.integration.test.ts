/** The service's provisioning program on a system of its own: it changes only what is not right, and says who refuses. */
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../processes/run-command.ts';
import { stopProcess } from '../processes/stop-process.ts';
import { secretFiles } from '../service/service-names.ts';
import { SystemFolder } from '../state/system-folder.ts';
import { enterPrivateTemporary, type PrivateTemporary } from '../testing/private-temporary.ts';
import { provisionTools } from '../tools/provision-tools.ts';
import type { EmbeddedSystem } from './embedded-system.ts';
import { launchServer } from './launch-server.ts';
import { databaseAddress, redisAddress, vaultAddress } from '../service/run-provision.ts';
import { serviceFolder, typescriptNode } from '../service/service-program.ts';
import { startEmbedded } from './start-embedded.ts';
import { askVault } from './vault-client.ts';

const quiet = { progress: () => undefined, signal: new AbortController().signal };
let temporary: PrivateTemporary;
let running: EmbeddedSystem;
let folder: SystemFolder;

beforeAll(async () => {
  temporary = enterPrivateTemporary();
  const tools = await provisionTools(quiet, ['postgres', 'redis', 'vault']);
  running = await startEmbedded({ keep: false, tools, ...quiet });
  folder = SystemFolder.open(running.system.directory);
});
afterAll(async () => {
  await running.stop();
  temporary.leave();
});

/** Exit code, all output, and what the one line on standard output says. */
async function provision(commands: string[], change: Record<string, string> = {}, waitSeconds = 10) {
  const { postgres, redis, vault } = running.system;
  const addresses = { ...databaseAddress(postgres), ...redisAddress(redis), ...vaultAddress(vault) };
  const { exitCode, stdout, tail } = await runCommand({
    command: typescriptNode(),
    args: [
      path.join(serviceFolder, 'provision.ts'),
      ...commands,
      '--secrets',
      folder.secretPath(''),
      '--wait',
      String(waitSeconds),
    ],
    env: { PATH: process.env.PATH, ...addresses, ...change },
  });
  return {
    exitCode,
    output: tail.join('\n'),
    done: (stdout === '' ? {} : JSON.parse(stdout)) as Record<string, unknown>,
  };
}

const files = (): string[] =>
  readdirSync(folder.secretPath(''), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.join(parentPath, name))
    .sort();
const contents = (): string[] => files().map((file) => readFileSync(file, 'utf8'));

async function asAdmin(sql: string, database = 'postgres'): Promise<void> {
  const { host, port, adminUser: user, adminPassword: password } = running.system.postgres;
  const client = new Client({ host, port, user, password, database });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

const askAsRoot = (method: 'GET' | 'PUT' | 'DELETE', name: string) => {
  const { address, rootToken: token } = running.system.vault;
  return askVault({ address, token }, method, name);
};

const nothingToDo = {
  database: { passwords: [], created: false, applied: [] },
  vault: { initialised: false, unsealed: false, mounted: [], sessionKey: false, secretId: false },
};

describe('provision', () => {
  it('keeps every secret to the servers’ user', () => {
    const owner = process.getuid?.() === 0 ? 65534 : process.getuid?.();
    const stats = [folder.secretPath(''), ...files()].map((file) => statSync(file));
    expect(stats.map(({ uid, mode }) => [uid, mode & 0o077])).toEqual(stats.map(() => [owner, 0]));
  });

  it('changes nothing when all is right', async () => {
    const before = contents();
    const key = await askAsRoot('GET', 'kv/data/service/jwt');
    expect(await provision(['database', 'vault'])).toMatchObject({ exitCode: 0, done: nothingToDo });
    expect(contents()).toEqual(before);
    expect((await askAsRoot('GET', 'kv/data/service/jwt')).data).toEqual(key.data);
  });

  it('unseals a Vault that was started again', async () => {
    const vault = folder.processes().find(({ kind }) => kind === 'vault');
    if (vault === undefined) throw new Error('no Vault is recorded');
    const [command = '', ...args] = readFileSync(`/proc/${vault.pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
    folder.forgetProcess(vault);
    await stopProcess(vault, { signal: 'SIGTERM', graceMs: 10_000 });
    launchServer(folder, { name: 'vault', kind: 'vault', command, args });
    const vaultDone = { ...nothingToDo.vault, unsealed: true };
    expect(await provision(['vault'])).toMatchObject({ exitCode: 0, done: { vault: vaultDone } });
  });

  it('finishes what a first attempt left undone', async () => {
    const { postgres } = running.system;
    await asAdmin(`drop database ${postgres.database} with (force)`);
    await asAdmin(`alter role ${postgres.appUser} password null`);
    await askAsRoot('DELETE', 'sys/mounts/kv');
    await askAsRoot('DELETE', 'sys/auth/approle');
    rmSync(folder.secretPath(secretFiles.vaultRoleId));
    const { exitCode, done } = await provision(['secrets', 'database', 'vault', 'tenants']);
    expect(exitCode).toBe(0);
    expect(done).toMatchObject({
      database: { passwords: [postgres.appUser], created: true },
      vault: { ...nothingToDo.vault, mounted: ['kv', 'approle'], sessionKey: true, secretId: true },
      tenants: { tenants: 0 },
    });
    expect(await running.startServices([{ arm: 'rls', slot: 0 }])).toHaveLength(1);
    await running.stopServices();
  });

  it('replaces a secret id that Vault does not know', async () => {
    const file = folder.secretPath(secretFiles.vaultSecretId);
    writeFileSync(file, '00000000-0000-4000-8000-000000000000');
    expect(await provision(['vault'])).toMatchObject({ done: { vault: { ...nothingToDo.vault, secretId: true } } });
    expect(await running.startServices([{ arm: 'rls', slot: 0 }])).toHaveLength(1);
    await running.stopServices();
  });
});

describe('provision says what is wrong, and no secret', () => {
  const expectNoSecret = (output: string): void => {
    const secrets = contents().filter((secret) => /^\S{16,}$/.test(secret));
    expect(secrets.length).toBeGreaterThan(8);
    expect(secrets.filter((secret) => output.includes(secret))).toEqual([]);
  };

  it('when servers are not there: all of them, exit 69', async () => {
    // Nothing listens there: the port is reserved (RFC 6335) and never assigned.
    const nowhere = { ALPHAPULSE_DATABASE_PORT: '1', ALPHAPULSE_VAULT_ADDR: 'http://127.0.0.1:1' };
    const { exitCode, output } = await provision(['database', 'vault'], nowhere, 0);
    expect(exitCode).toBe(69);
    expect(output).toContain('Postgres at 127.0.0.1:1, as postgres in postgres: connect ECONNREFUSED');
    expect(output).toContain('Vault at http://127.0.0.1:1: Vault cannot be reached');
    expectNoSecret(output);
  });

  it('when a server refuses, exit 69', async () => {
    const changed = [secretFiles.postgresAdmin, secretFiles.vaultRootToken, secretFiles.redisAdmin];
    const before = changed.map((name) => folder.readSecret(name));
    for (const name of changed) writeFileSync(folder.secretPath(name), 'not-the-right-secret');
    const outcomes = await Promise.all([provision(['database', 'vault']), provision(['tenants'])]);
    for (const [place, name] of changed.entries()) writeFileSync(folder.secretPath(name), before[place] ?? '');
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([69, 69]);
    const output = outcomes.map((outcome) => outcome.output).join('\n');
    expect(output).toContain('password authentication failed for user "postgres"');
    expect(output).toMatch(/Vault at http:\S+: Vault answered 403/);
    expect(output).toMatch(/Redis at \S+, as admin: WRONGPASS/);
    expect(output).not.toContain('not-the-right-secret');
    expectNoSecret(output);
  });

  it('when a secret is missing: which, and what makes it, exit 64', async () => {
    const file = folder.secretPath(secretFiles.postgresAdmin);
    const before = readFileSync(file, 'utf8');
    rmSync(file);
    const { exitCode, output } = await provision(['database']);
    expect(exitCode).toBe(64);
    expect(output).toContain('admin/postgres-admin is not there: `provision secrets` makes it');
    await provision(['secrets']);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('when Vault is sealed and its key is lost, exit 64', async () => {
    await askAsRoot('PUT', 'sys/seal');
    const file = folder.secretPath(secretFiles.vaultUnsealKey);
    const before = readFileSync(file, 'utf8');
    rmSync(file);
    const lost = await provision(['vault']);
    expect([lost.exitCode, lost.output]).toEqual([64, expect.stringContaining('is sealed')]);
    writeFileSync(file, before, { mode: 0o600 });
    expect(await provision(['vault'])).toMatchObject({ done: { vault: { unsealed: true } } });
  });
});

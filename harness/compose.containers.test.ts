/** docker-compose.yml by itself: the commands of the README, a second start, the pool, and what a container may not do. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const project = `signoff-readme-${process.pid}`;
let folder: string;

/** Runs a line of shell at the top of the repository, with a Compose project of our own. */
async function shell(command: string): Promise<string> {
  const env = { ...process.env, COMPOSE_PROJECT_NAME: project };
  const { stdout } = await promisify(execFile)('sh', ['-ec', command], { cwd: root, env, maxBuffer: 2 ** 26 });
  return stdout.trim();
}

/** The first block of shell in the README that starts the file, its cookie jar in a folder of the test. */
function readmeCommands(): { up: string; use: string; down: string } {
  const blocks = readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/```sh\n([\s\S]*?)```/g);
  const block = [...blocks].map(([, text = '']) => text).find((text) => text.startsWith('docker compose up -d'));
  const lines = (block ?? '').replaceAll('/tmp/alphapulse', path.join(folder, 'cookies')).trim().split('\n');
  return { up: lines[0] ?? '', use: lines.slice(1, -1).join('\n'), down: lines.at(-1) ?? '' };
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'signoff-readme-'));
  await shell(readmeCommands().up);
});

afterAll(async () => {
  await shell('docker compose --profile pool down -v');
  await rm(folder, { recursive: true });
  expect(await shell('docker volume ls --quiet --filter label=com.docker.compose.project=$COMPOSE_PROJECT_NAME')).toBe(
    '',
  );
});

/** Waits until the service answers; right after `up -d` its container has only been started. */
async function awaitService(service: string): Promise<string> {
  const base = `http://${await shell(`docker compose --profile pool port ${service} 8080`)}`;
  await expect
    .poll(async () => (await fetch(`${base}/readyz`).catch(() => null))?.status, { timeout: 30_000, interval: 200 })
    .toBe(200);
  return base;
}

describe('docker compose up', () => {
  it('gives a system in which the commands of the README log in and read trades', async () => {
    const said = await shell(readmeCommands().use);
    expect(said).toContain('"email":"trader1@t00001-longboat.example"');
    expect(said).toMatch(/"items":\[\{"id":"[0-9a-f-]{36}"/);
  });

  it('publishes on loopback alone, without secrets in the environment', async () => {
    const containers = await shell('docker compose ps --all --quiet');
    const inspections = JSON.parse(await shell(`docker inspect ${containers.replaceAll('\n', ' ')}`)) as {
      Config: { Env: string[] };
      NetworkSettings: { Ports: Record<string, { HostIp: string }[] | null> };
    }[];
    const bindings = inspections.flatMap(({ NetworkSettings }) => Object.values(NetworkSettings.Ports)).flat();
    expect(new Set(bindings.flatMap((binding) => binding?.HostIp ?? []))).toEqual(new Set(['127.0.0.1']));
    const secret = await shell('docker compose run --rm --no-deps provision cat /run/alphapulse/admin/postgres-admin');
    expect(secret.length).toBeGreaterThan(20);
    for (const { Config } of inspections) expect(Config.Env.join('\n')).not.toContain(secret);
  });

  it('runs the service as nobody special: no root, no writing, no capability, no tools to build with', async () => {
    const inside = (command: string): Promise<string> => shell(`docker compose exec -T service sh -c '${command}'`);
    expect(await inside('id -u')).toBe('1000');
    expect(await inside('touch /app/x 2>/dev/null || echo refused')).toBe('refused');
    expect(await inside('grep CapEff /proc/self/status')).toMatch(/\t0+$/);
    expect(await inside('ls /app')).toBe('reference-service\nseed');
    expect(await inside('command -v npm npx gcc make python3 || echo none')).toBe('none');
    expect(await inside('ls /run/alphapulse/arms')).toBe('');
  });

  it('keeps its data, and unseals Vault, when it is stopped and started again', async () => {
    const count = () => shell('docker compose logs --no-log-prefix seed | tail -n 3');
    await shell('docker compose stop');
    await shell('docker compose up -d');
    await awaitService('service');
    expect(await count()).toMatch(/tenants are there already|already/);
    expect(await shell(readmeCommands().use)).toContain('"items":[');
  });

  it('serves through PgBouncer with the profile "pool"', async () => {
    await shell('docker compose --profile pool up -d');
    const base = await awaitService('service-pooled');
    const commands = readmeCommands().use.split('\n').slice(1).join('\n');
    const said = await shell(`base=${base}\n${commands}\n${commands}`);
    expect(said.match(/"items":\[/g)).toHaveLength(2);
    const health = (await (await fetch(`${base}/readyz`)).json()) as { databaseUserExemptFromRls: boolean };
    expect(health.databaseUserExemptFromRls).toBe(false);
  });
});

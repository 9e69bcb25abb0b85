/** The programs as the image has them: run from a folder without node_modules, against the running servers. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { call, itemsOf, readManifest, serviceUrl, sessionOf, tenantAt } from '../testing/api-client.ts';
import { createEnvironment, node24, startProcess, startService, type OwnEnvironment } from '../testing/own-service.ts';

const system = inject('system');
const directory = mkdtempSync(join(tmpdir(), 'alphapulse-programs-'));
const program = (name: string): string => join(directory, 'app', `${name}.mjs`);
let environment: OwnEnvironment;

beforeAll(async () => {
  await promisify(execFile)(node24, [join(import.meta.dirname, 'build-programs.ts'), join(directory, 'app')]);
  environment = await createEnvironment();
});
afterAll(async () => {
  await environment.remove();
  rmSync(directory, { recursive: true });
});

describe('the built service', () => {
  it('logs in, reads, documents itself like the source, and drains', async () => {
    const service = await startService(environment.variables, program('reference-service/server'));
    const cookie = await sessionOf(tenantAt(0), 'viewer', service.url);
    const trades = await call('GET', '/api/v1/trades?limit=3', { url: service.url, cookie });
    expect(itemsOf(trades).map(({ tenantId }) => tenantId)).toEqual(Array<string>(3).fill(tenantAt(0).id));
    expect((await call('GET', '/readyz', { url: service.url })).body).toMatchObject({ ready: true, rlsMode: 'rls' });
    const documents = await Promise.all(
      [service.url, serviceUrl()].map((url) => call('GET', '/openapi.json', { url })),
    );
    expect(documents[0]?.body).toEqual(documents[1]?.body);
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
  });
});

describe('the built operator’s programs', () => {
  const run = async (name: string, args: string[], variables: Record<string, string> = {}): Promise<unknown> => {
    const started = startProcess(program(name), args, variables);
    expect(await started.ended, started.output()).toBe(0);
    return JSON.parse(started.output().trim().split('\n').at(-1) ?? '');
  };

  it('find the files that they read, and nothing to do on a system that is right', async () => {
    const { postgres, redis, vault } = system;
    // A copy: the tree is the system's own.
    const secrets = join(directory, 'secrets');
    cpSync(join(system.directory, 'secrets'), secrets, { recursive: true });
    const variables = {
      ALPHAPULSE_DATABASE_HOST: postgres.host,
      ALPHAPULSE_DATABASE_PORT: String(postgres.port),
      ALPHAPULSE_REDIS_PORT: String(redis.port),
      ALPHAPULSE_VAULT_ADDR: vault.address,
    };
    const commands = ['secrets', 'database', 'vault', 'tenants', '--secrets', secrets];
    expect(await run('reference-service/provision', commands, variables)).toMatchObject({
      // The one file that says where it lies.
      secrets: { written: ['pool/pgbouncer.ini'] },
      database: { passwords: [], created: false, applied: [] },
      vault: { initialised: false, unsealed: false, mounted: [], sessionKey: false, secretId: false },
      tenants: { tenants: readManifest().tenants.length },
    });
    const passwordFile = join(secrets, 'admin', 'alphapulse_owner-password');
    const asOwner = { ...variables, ALPHAPULSE_DATABASE_PASSWORD_FILE: passwordFile };
    expect(await run('reference-service/migrate', ['up'], asOwner)).toEqual({ direction: 'up', applied: [] });
  });

  it('generate the same data as the source, on worker threads of their own', async () => {
    const manifest = join(directory, 'manifest.json');
    await run('seed/main', [
      '--tenants',
      '6',
      '--rows-per-tenant',
      '200',
      '--seed',
      '1',
      '--manifest',
      manifest,
      '--json',
    ]);
    const checksum = (file: string): string =>
      z.object({ checksum: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).checksum;
    expect(checksum(manifest)).toBe(checksum(system.manifestPath ?? ''));
  });
});

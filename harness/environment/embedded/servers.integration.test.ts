/** The servers of a system are what the design says: unprivileged, on loopback, closed to the anonymous, durable. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Client } from 'pg';
import { Redis } from 'ioredis';
import { describe, expect, inject, it } from 'vitest';
import { fingerprint } from '../fingerprint.ts';
import { provisionTools } from '../tools/provision-tools.ts';
import { toolNames } from '../tools/tool.ts';
import { readManifest } from '../service/seed-database.ts';
import { repositoryFolder } from '../service/service-program.ts';
import { askVault } from './vault-client.ts';

const system = inject('system');
const { postgres, redis, vault } = system;

async function query<Row extends object>(sql: string): Promise<Row[]> {
  const { host, port, database, adminUser: user, adminPassword: password } = postgres;
  const client = new Client({ host, port, database, user, password });
  await client.connect();
  return client
    .query<Row>(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end());
}

describe('processes', () => {
  it('run without rights when root started them', () => {
    const pids = [postgres.pid, redis.pid, vault.pid, ...system.services.map(({ pid }) => pid)];
    const users = pids.map((pid) => /^Uid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
    expect(new Set(users)).toEqual(new Set([String(process.getuid?.() === 0 ? 65534 : process.getuid?.())]));
  });
});

describe('Postgres', () => {
  it('has roles that can do what they need and no more', async () => {
    const roles =
      await query(`select rolname as name, rolsuper as superuser, rolbypassrls as exempt, rolcreatedb as makes_databases,
      rolcreaterole as makes_roles from pg_roles where rolname like 'alphapulse%' order by rolname`);
    const none = { superuser: false, makes_databases: false, makes_roles: false };
    expect(roles).toEqual([
      { name: 'alphapulse_app', ...none, exempt: false },
      { name: 'alphapulse_exempt', ...none, exempt: true },
      { name: 'alphapulse_owner', ...none, exempt: false },
    ]);
  });

  it('lets nobody in with a wrong password', async () => {
    const { host, port, database, adminUser: user } = postgres;
    const client = new Client({ host, port, database, user, password: 'guess' });
    await expect(client.connect()).rejects.toThrow(/password authentication failed/);
  });

  it('counts statements', async () => {
    const [row] = await query<{ statements: string }>('select count(*) as statements from pg_stat_statements');
    expect(Number(row?.statements)).toBeGreaterThan(0);
  });
});

describe('Redis', () => {
  it('knows no anonymous user', async () => {
    const socket = connect(redis.port, redis.host);
    socket.write('PING\r\n');
    const [answer] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    expect(answer.toString()).toMatch(/^-NOAUTH/);
  });

  it('keeps the service’s user to the keys of tenants', async () => {
    const { host, port, adminUser: username, adminPassword: password } = redis;
    const client = new Redis({ host, port, username, password });
    const dryRun = (key: string) => client.call('ACL', 'DRYRUN', 'alphapulse', 'GET', key);
    expect(await dryRun('tenant:1:quote:AAA')).toBe('OK');
    expect(String(await dryRun('session:1'))).toMatch(/no permissions/);
    client.disconnect();
  });
});

describe('Vault', () => {
  const connection = { address: vault.address, token: vault.rootToken };

  it('is unsealed', async () => {
    expect(await askVault(connection, 'GET', 'sys/seal-status')).toMatchObject({ sealed: false, storage_type: 'raft' });
  });

  it('has the session key as an Ed25519 pair', async () => {
    const answer = await askVault(connection, 'GET', 'kv/data/service/jwt');
    expect(JSON.stringify(answer)).toMatch(/BEGIN PRIVATE KEY.*BEGIN PUBLIC KEY|BEGIN PUBLIC KEY.*BEGIN PRIVATE KEY/);
  });
});

describe('fingerprint', () => {
  it('names versions, durability and data', async () => {
    const toolset = await provisionTools(
      { progress: () => undefined, signal: new AbortController().signal },
      toolNames,
    );
    const manifest = await readManifest(system.manifestPath ?? '');
    const environment = await fingerprint({ root: repositoryFolder, system, manifest, toolset, kindReason: 'a test' });
    expect(environment.versions).toMatchObject({
      k6: toolset.k6.version,
      postgres: toolset.postgres.version,
      redis: toolset.redis.version,
      vault: toolset.vault.version,
    });
    expect(environment.settings).toMatchObject({
      'postgres.fsync': 'on',
      'postgres.synchronous_commit': 'on',
      'redis.appendonly': 'yes',
    });
    expect(environment).toMatchObject({
      tenants: manifest.tenantCount,
      rows: manifest.rows,
      dataChecksum: manifest.checksum,
    });
  });
});

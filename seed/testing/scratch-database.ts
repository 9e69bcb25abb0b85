/** A database of its own on the shared server, migrated as an operator would, dropped at the end. For tests. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';

const node = fileURLToPath(new URL('../../node_modules/node/bin/node', import.meta.url));
const migrateProgram = fileURLToPath(new URL('../../reference-service/migrate.ts', import.meta.url));

export interface Server {
  host: string;
  port: number;
  adminUser: string;
  adminPassword: string;
}

export interface ScratchDatabase extends AsyncDisposable {
  url: string;
  /** Environment of a seeder that loads it. */
  env: { PGPASSWORD: string };
  /** A connection as superuser; the caller ends it. */
  connect(): Promise<Client>;
  query<T extends object>(sql: string, values?: unknown[]): Promise<T[]>;
}

export async function createScratchDatabase(
  server: Server,
  { migrated }: { migrated: boolean },
): Promise<ScratchDatabase> {
  const name = `seed_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, 'postgres', (client) => client.query(`create database ${name}`));
  if (migrated) await migrate(server, name);
  return {
    url: `postgres://${server.adminUser}@${server.host}:${server.port}/${name}`,
    env: { PGPASSWORD: server.adminPassword },
    connect: () => connectAsAdmin(server, name),
    query: async <T extends object>(sql: string, values: unknown[] = []) =>
      asAdmin(server, name, async (client) => (await client.query<T>(sql, values)).rows),
    [Symbol.asyncDispose]: async () => {
      await asAdmin(server, 'postgres', (client) => client.query(`drop database ${name} with (force)`));
    },
  };
}

async function asAdmin<T>(server: Server, database: string, action: (client: Client) => Promise<T>): Promise<T> {
  const client = await connectAsAdmin(server, database);
  try {
    return await action(client);
  } finally {
    await client.end();
  }
}

async function connectAsAdmin(server: Server, database: string): Promise<Client> {
  const { host, port, adminUser: user, adminPassword: password } = server;
  const client = new Client({ host, port, user, password, database });
  await client.connect();
  return client;
}

async function migrate({ host, port, adminUser, adminPassword }: Server, database: string): Promise<void> {
  const directory = mkdtempSync(path.join(tmpdir(), 'seed-test-'));
  const passwordFile = path.join(directory, 'password');
  writeFileSync(passwordFile, adminPassword, { mode: 0o600 });
  const env = {
    PATH: process.env.PATH,
    ALPHAPULSE_DATABASE_HOST: host,
    ALPHAPULSE_DATABASE_PORT: `${port}`,
    ALPHAPULSE_DATABASE_NAME: database,
    ALPHAPULSE_DATABASE_USER: adminUser,
    ALPHAPULSE_DATABASE_PASSWORD_FILE: passwordFile,
  };
  try {
    await promisify(execFile)(node, [migrateProgram, 'up'], { env });
  } finally {
    rmSync(directory, { recursive: true });
  }
}

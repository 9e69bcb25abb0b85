/** The helpdesk with its mistakes as a database of the running Postgres, and its roles; all gone at the end. For tests. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import type { System } from '../../model/system.ts';

const database = 'helpdesk_inspected';
const roles = ['owner', 'functions', 'web', 'legacy', 'legacy_owner', 'reports', 'jobs', 'support'];

export const helpdeskRoles = [
  'helpdesk_web',
  'helpdesk_legacy',
  'helpdesk_reports',
  'helpdesk_jobs',
  'helpdesk_support',
];

export interface HelpdeskDatabase extends AsyncDisposable {
  url: string;
  /** As the superuser, or as a role with its password; the caller ends it. */
  connect(as?: { user: string; password: string }): Promise<Client>;
  /** Statements as the superuser; the rows of the last. */
  query<Row extends object>(text: string): Promise<Row[]>;
}

export async function createHelpdesk({ postgres }: System): Promise<HelpdeskDatabase> {
  const { host, port, adminUser, adminPassword } = postgres;
  const superuser = { user: adminUser, password: adminPassword };
  const connect = async (name: string, as = superuser): Promise<Client> => {
    const client = new Client({ host, port, database: name, ...as });
    await client.connect();
    return client;
  };
  const admin = await connect('postgres');
  await removeAll(admin);
  await admin.query(`create database ${database}`);
  const client = await connect(database);
  await client.query(await readFile(path.join(import.meta.dirname, 'helpdesk.sql'), 'utf8'));
  return {
    url: `postgres://${adminUser}@${host}:${port}/${database}`,
    connect: (as) => connect(database, as),
    query: async <Row extends object>(text: string) => (await client.query<Row>(text)).rows,
    [Symbol.asyncDispose]: async () => {
      await client.end();
      await removeAll(admin);
      await admin.end();
    },
  };
}

/** Roles are the whole server's, and outlive a test that was killed. */
async function removeAll(admin: Client): Promise<void> {
  await admin.query(`drop database if exists ${database} with (force)`);
  for (const role of roles) await admin.query(`drop role if exists helpdesk_${role}`);
}

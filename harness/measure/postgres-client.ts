/** Connections as the superuser, for one gatherer; whoever makes one connects and ends it. */
import { Client } from 'pg';
import type { System } from '../model/system.ts';

const TIMEOUT_MS = 5_000;

export function adminClient({ postgres }: System, database = postgres.database): Client {
  const { host, port, adminUser: user, adminPassword: password } = postgres;
  const limits = { connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS };
  const client = new Client({ host, port, database, user, password, ...limits });
  // A connection that is lost between two queries shows in the next one; unheard, the event would end the process.
  client.on('error', () => undefined);
  return client;
}

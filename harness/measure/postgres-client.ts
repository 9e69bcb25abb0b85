/** A connection as the superuser, for one gatherer; whoever makes it connects and ends it. */
import { Client } from 'pg';
import type { System } from '../model/system.ts';

const TIMEOUT_MS = 5_000;

export function adminClient({ postgres }: System): Client {
  const { host, port, database, adminUser: user, adminPassword: password } = postgres;
  const limits = { connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS };
  const client = new Client({ host, port, database, user, password, ...limits });
  // A connection that is lost between two queries shows in the next one; unheard, the event would end the process.
  client.on('error', () => undefined);
  return client;
}

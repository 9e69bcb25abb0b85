/** A connection to a system's Postgres as its administrator, for one piece of work. */
import { Client } from 'pg';
import type { System } from '../../model/system.ts';

/** Of the cluster, for what cannot be done from within the database that it is done to. */
export const maintenanceDatabase = 'postgres';

export async function administerPostgres<T>(
  { postgres }: System,
  database: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const { host, port, adminUser: user, adminPassword: password } = postgres;
  const client = new Client({ host, port, database, user, password, application_name: 'signoff' });
  // A connection that breaks while idle would otherwise end the whole program; the query in flight tells about it as well.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

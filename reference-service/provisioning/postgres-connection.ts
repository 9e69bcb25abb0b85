/** An operator's connection to Postgres, for one piece of work. */
import pg from 'pg';
import { awaitAnswer } from './await-answer.ts';
import type { ProvisioningContext } from './provisioning-context.ts';
import { talkingTo } from './server-refusal.ts';

const connectTimeoutMs = 5000;

export interface OperatorLogin {
  user: string;
  password: string;
  database: string;
}

export const postgresAdminUser = 'postgres';

/** Runs `action` with a connection; what goes wrong names the server and the user. */
export async function withPostgres<T>(
  { settings, waitMs }: ProvisioningContext,
  login: OperatorLogin,
  action: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const { DATABASE_HOST: host, DATABASE_PORT: port } = settings;
  return talkingTo(`Postgres at ${host}:${port}, as ${login.user} in ${login.database}`, async () => {
    const client = await awaitAnswer(waitMs, () => connect({ ...login, host, port }));
    try {
      return await action(client);
    } finally {
      await client.end();
    }
  });
}

async function connect(login: OperatorLogin & { host: string; port: number }): Promise<pg.Client> {
  const client = new pg.Client({
    ...login,
    application_name: 'alphapulse-provision',
    connectionTimeoutMillis: connectTimeoutMs,
  });
  // A connection that breaks while idle would otherwise end the whole program; the next query tells about it as well.
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

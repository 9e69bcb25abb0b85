/** For integration tests: connections to the running Postgres as its administrator, or as a role of the service. */
import { inject } from 'vitest';
import pg from 'pg';

export interface AdminDatabase {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  end(): Promise<void>;
}

/** `role`: becomes that role after connecting, and is bound by its grants and policies. */
export async function connectAsAdmin(options: { database?: string; role?: string } = {}): Promise<AdminDatabase> {
  const { postgres } = inject('system');
  const client = new pg.Client({
    host: postgres.host,
    port: postgres.port,
    user: postgres.adminUser,
    password: postgres.adminPassword,
    database: options.database ?? postgres.database,
  });
  await client.connect();
  if (options.role !== undefined) await client.query(`set role ${pg.escapeIdentifier(options.role)}`);
  return {
    query: async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) =>
      (await client.query<Row>(text, values)).rows,
    end: () => client.end(),
  };
}

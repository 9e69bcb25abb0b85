/** Who may do what in Postgres, as text: roles, memberships, settings, and every object's owner, grants, policies and definition. */
import pg from 'pg';
import type { System } from '../../model/system.ts';
import { stateQueries } from './postgres-state-queries.ts';

const TIMEOUT_MS = 30_000;

/** Of the seeded database and its cluster; read in one snapshot. Passwords are no part of it. */
export async function postgresState({ postgres }: System): Promise<string> {
  const { host, port, database, adminUser: user, adminPassword: password } = postgres;
  const limits = { connectionTimeoutMillis: TIMEOUT_MS, query_timeout: TIMEOUT_MS };
  const client = new pg.Client({ host, port, database, user, password, ...limits });
  await client.connect();
  try {
    // Without a schema on the path, definitions name theirs, whatever the administrator's settings are.
    await client.query("begin isolation level repeatable read read only; set local search_path = ''");
    const lines: string[] = [];
    for (const [kind, text] of Object.entries(stateQueries)) {
      const { rows } = await client.query<{ line: string }>(text);
      lines.push(...rows.map(({ line }) => `${kind} ${line}`).sort());
    }
    return lines.join('\n');
  } finally {
    await client.end();
  }
}

/** Connections to the database that is loaded, and what to do when there is none. */
import { Client } from 'pg';
import { messageOf, SeedError } from '../seed-error.ts';

const CONNECT_TIMEOUT_MS = 10_000;

/** What a person can do, by SQLSTATE or by Node's error code. */
const hints: Record<string, string> = {
  ECONNREFUSED: 'Is Postgres running there? `signoff up` starts one.',
  ENOTFOUND: 'Check the host name in --database-url.',
  '28P01': 'Set PGPASSWORD to the password of that user, or name a file with --database-password-file.',
  '28000': 'Check the user in --database-url; the loader connects as a superuser, usually postgres.',
  '3D000': 'Create the database first; `signoff up` does.',
};

const problems = new WeakMap<Client, Error>();

/** Why a connection broke while nothing was asked of it: the next query only says that it is broken. null: it has not. */
export const connectionProblem = (client: Client): Error | null => problems.get(client) ?? null;

/** A client that never brings the process down by itself: a lost connection fails the query that was running. */
export async function connect(databaseUrl: string): Promise<Client> {
  const client = new Client({
    connectionString: databaseUrl,
    application_name: 'signoff-seed',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  client.on('error', (error) => {
    if (!problems.has(client)) problems.set(client, error);
  });
  try {
    await client.connect();
  } catch (error) {
    throw new SeedError('unavailable', `cannot connect to ${withoutPassword(databaseUrl)}: ${messageOf(error)}`, {
      hint: hints[codeOf(error)] ?? 'Check --database-url and the password.',
      cause: error,
    });
  }
  return client;
}

/** SQLSTATE of a database error, or Node's code of a network error; empty where there is neither. */
export function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return '';
}

export function withoutPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password = '';
  return url.href;
}

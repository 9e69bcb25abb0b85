/** A database by its address: as `--database` gives it, or that of a running system; and a connection to it for the length of an action. */
import { Client } from 'pg';
import { SignoffError } from '../model/errors.ts';
import type { System } from '../model/system.ts';
import type { CommandContext } from './command-context.ts';

const CONNECT_TIMEOUT_MS = 10_000;

export interface DatabaseAddress {
  url: URL;
  /** Where the URL has none. */
  password: string | undefined;
}

/** The text is not told back where it is wrong: it may hold a password. */
export function readDatabaseAddress({ env }: CommandContext, text: string | undefined): DatabaseAddress {
  const hint = 'Give --database postgres://user@host:port/database, and the password in PGPASSWORD.';
  if (text === undefined) throw new SignoffError('BAD_ARGUMENT', '--database is missing', { hint });
  const url = URL.parse(text);
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol) || url.pathname.length < 2) {
    throw new SignoffError('BAD_ARGUMENT', '--database is not the URL of a Postgres database', { hint });
  }
  return { url, password: env['PGPASSWORD'] };
}

export function addressOfSystem({ postgres }: System): DatabaseAddress {
  const { host, port, database, adminUser, adminPassword } = postgres;
  return { url: new URL(`postgres://${adminUser}@${host}:${port}/${database}`), password: adminPassword };
}

/** Never with the password, nor with parameters that may hold one. */
export function describeAddress({ url }: DatabaseAddress): string {
  const user = url.username === '' ? '' : `${url.username}@`;
  return `${url.protocol}//${user}${url.host}${url.pathname}`;
}

/** Ends the connection on every path; an interruption ends what runs on it. */
export async function withDatabase<T>(
  address: DatabaseAddress,
  signal: AbortSignal,
  action: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await connect(address);
  const stop = () => void client.end();
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await action(client);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SignoffError) throw error;
    throw new SignoffError('SERVER_NOT_READY', `${describeAddress(address)} could not be read`, {
      cause: error,
      hint: 'What Postgres said is above.',
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await client.end();
  }
}

async function connect(address: DatabaseAddress): Promise<Client> {
  const { url, password } = address;
  const complete = new URL(url);
  // Beside a URL the client takes no password, only within.
  if (url.password === '' && password !== undefined) complete.password = encodeURIComponent(password);
  const client = new Client({
    connectionString: complete.href,
    application_name: 'signoff',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  });
  // A connection that breaks fails the statement that was running, which says so; unheard, the event would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end();
    throw new SignoffError('SERVER_NOT_READY', `cannot connect to ${describeAddress(address)}`, {
      cause: error,
      hint: 'Check the address, the user, and the password (PGPASSWORD, or in the URL).',
    });
  }
}

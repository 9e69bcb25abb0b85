/** The address of the database with the password that a file holds; without such a file the client takes PGPASSWORD. */
import { readFile } from 'node:fs/promises';
import type { Settings } from '../arguments.ts';
import { messageOf, SeedError } from '../seed-error.ts';

type DatabaseSettings = Pick<Settings, 'database-url' | 'database-password-file'>;

/** Undefined where there is no database. */
export async function databaseUrlWithPassword(settings: DatabaseSettings): Promise<string | undefined> {
  const { 'database-url': address, 'database-password-file': file } = settings;
  if (address === undefined || file === undefined) return address;
  const url = new URL(address);
  url.password = encodeURIComponent(await readPassword(file));
  return url.href;
}

async function readPassword(file: string): Promise<string> {
  let password: string;
  try {
    password = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new SeedError('usage', `--database-password-file cannot be read: ${messageOf(error)}`, {
      hint: 'Name a file that holds the password and nothing else.',
      cause: error,
    });
  }
  if (password !== '') return password;
  throw new SeedError('usage', `--database-password-file ${file} is empty`, {
    hint: 'Name a file that holds the password and nothing else.',
  });
}

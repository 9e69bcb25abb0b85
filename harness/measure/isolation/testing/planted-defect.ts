/** Defects of the database for tests: planted for the length of an action, and reverted on every path. */
import type { System } from '../../../model/system.ts';
import { adminClient } from '../../postgres-client.ts';

export interface DatabaseDefect {
  plant: readonly string[];
  revert: readonly string[];
}

async function run(system: System, statements: readonly string[]): Promise<void> {
  const client = adminClient(system);
  await client.connect();
  try {
    await client.query(['begin', ...statements, 'commit'].join(';\n'));
  } finally {
    await client.end();
  }
}

export async function withDefect<T>(
  system: System,
  { plant, revert }: DatabaseDefect,
  action: () => Promise<T>,
): Promise<T> {
  await run(system, plant);
  try {
    return await action();
  } finally {
    await run(system, revert);
  }
}

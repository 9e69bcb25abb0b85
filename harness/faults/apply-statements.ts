/** Applies a defect of the database through its own admin interface. */
import pg from 'pg';
import type { System } from '../model/system.ts';

/** All statements or none: one transaction as the cluster's superuser. `database`: an arm's own copy; left out, the seeded one. */
export async function applyStatements(
  system: System,
  statements: readonly string[],
  database: string = system.postgres.database,
): Promise<void> {
  const { host, port, adminUser, adminPassword } = system.postgres;
  const client = new pg.Client({ host, port, database, user: adminUser, password: adminPassword });
  await client.connect();
  try {
    await client.query(['begin', ...statements, 'commit'].join(';\n'));
  } finally {
    await client.end();
  }
}

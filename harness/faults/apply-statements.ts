/** Applies a defect of the database through its own admin interface. */
import pg from 'pg';
import type { System } from '../model/system.ts';

/** All statements or none: one transaction as the cluster's superuser. */
export async function applyStatements(system: System, statements: readonly string[]): Promise<void> {
  const { host, port, database, adminUser, adminPassword } = system.postgres;
  const client = new pg.Client({ host, port, database, user: adminUser, password: adminPassword });
  await client.connect();
  try {
    await client.query(['begin', ...statements, 'commit'].join(';\n'));
  } finally {
    await client.end();
  }
}

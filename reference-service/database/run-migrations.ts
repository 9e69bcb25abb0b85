/** Runs the migrations with node-pg-migrate, connected as the owner of the schema. */
import { join } from 'node:path';
import { runner } from 'node-pg-migrate';
import type { MigrationPlan } from './migration-plan.ts';

export interface OwnerConnection {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
}

export const migrationsDirectory = (serviceDirectory: string): string => join(serviceDirectory, 'migrations');

export interface MigrationRun {
  plan: MigrationPlan;
  connection: OwnerConnection;
  serviceDirectory: string;
  warn: (line: string) => void;
}

/** Returns the names of the steps that were taken. */
export async function runMigrations({ plan, connection, serviceDirectory, warn }: MigrationRun): Promise<string[]> {
  const applied = await runner({
    ...plan,
    databaseUrl: { ...connection, application_name: 'alphapulse-migrate' },
    dir: migrationsDirectory(serviceDirectory),
    migrationsTable: 'schema_migrations',
    // All or nothing: a failing step leaves the schema as it was. Two that start together wait for one another.
    singleTransaction: true,
    advisoryLockMode: 'wait',
    logger: { info: () => undefined, warn, error: warn },
  });
  return applied.map((step) => step.name);
}

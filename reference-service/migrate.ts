/** Migrates the database as its owner: `node migrate.ts up|down [--to NAME | --count N]`; prints what it applied as JSON. */
import { readdirSync, readFileSync } from 'node:fs';
import { planMigration, type MigrationPlan } from './database/migration-plan.ts';
import { migrationsDirectory, runMigrations, type OwnerConnection } from './database/run-migrations.ts';

const usageExit = 64;
const unavailableExit = 69;
const serviceDirectory = import.meta.dirname;
const prefix = 'ALPHAPULSE_DATABASE_';

/** Reads ALPHAPULSE_DATABASE_*; the user is the owner unless another is named. */
function readConnection(environment: NodeJS.ProcessEnv): OwnerConnection {
  const passwordFile = environment[`${prefix}PASSWORD_FILE`];
  if (passwordFile === undefined)
    throw new Error(`${prefix}PASSWORD_FILE is not set: a file with the owner's password`);
  const port = Number(environment[`${prefix}PORT`] ?? '5432');
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`${prefix}PORT must be a port number`);
  return {
    host: environment[`${prefix}HOST`] ?? '127.0.0.1',
    port,
    database: environment[`${prefix}NAME`] ?? 'alphapulse',
    user: environment[`${prefix}USER`] ?? 'alphapulse_owner',
    password: readFileSync(passwordFile, 'utf8').trim(),
  };
}

function writeLine(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function main(): Promise<number> {
  let plan: MigrationPlan;
  let connection: OwnerConnection;
  try {
    const names = readdirSync(migrationsDirectory(serviceDirectory)).map((file) => file.replace(/\.sql$/, ''));
    plan = planMigration(process.argv.slice(2), names.sort());
    connection = readConnection(process.env);
  } catch (error) {
    writeLine(`migrate: ${error instanceof Error ? error.message : String(error)}`);
    writeLine('usage: node reference-service/migrate.ts up|down [--to NAME | --count N]');
    return usageExit;
  }
  try {
    const applied = await runMigrations({ plan, connection, serviceDirectory, warn: writeLine });
    process.stdout.write(`${JSON.stringify({ direction: plan.direction, applied })}\n`);
    return 0;
  } catch (error) {
    writeLine(`migrate ${plan.direction} failed: ${error instanceof Error ? error.message : String(error)}`);
    return unavailableExit;
  }
}

process.exitCode = await main();

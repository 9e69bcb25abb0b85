/** Runs a build's own migration program on a database, as an operator would: as the owner of the schema. */
import { z } from 'zod';
import { SignoffError } from '../../model/errors.ts';
import type { System } from '../../model/system.ts';
import { baseEnvironment } from '../processes/base-environment.ts';
import { runCommand } from '../processes/run-command.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { administerPostgres } from './administer-postgres.ts';
import { databaseAddress } from './run-provision.ts';
import { secretFiles } from './service-names.ts';
import { repositoryFolder, typescriptNode } from './service-program.ts';

export interface MigrateOptions {
  database: string;
  /** The build's program: `node ENTRY up`. */
  entry: string;
  signal: AbortSignal;
}

const outcomeSchema = z.object({ applied: z.array(z.string()) });

/** Returns the steps that were taken. Rejects with MIGRATION_FAILED, with what the program said. */
export async function migrateDatabase(
  folder: SystemFolder,
  system: System,
  { database, entry, signal }: MigrateOptions,
): Promise<string[]> {
  const name = `migrate-${database}`;
  const { host, port } = system.postgres;
  const outcome = await runCommand({
    command: typescriptNode(),
    args: [entry, 'up'],
    cwd: repositoryFolder,
    env: {
      ...baseEnvironment(),
      ...databaseAddress({ host, port, database }),
      ALPHAPULSE_DATABASE_PASSWORD_FILE: folder.secretPath(secretFiles.postgresOwner),
    },
    signal,
    onStart: (identity) => {
      folder.recordProcess({ ...identity, name, kind: 'command', logFile: folder.logFile(name) });
      return { ended: () => folder.forgetProcess(identity) };
    },
  });
  const applied = outcome.exitCode === 0 ? readApplied(outcome.stdout) : null;
  if (applied === null) {
    const how = outcome.signal ?? `exit code ${outcome.exitCode ?? 'unknown'}`;
    const said = outcome.tail.join('\n  ');
    throw new SignoffError('MIGRATION_FAILED', `the migrations on ${database} ended with ${how}:\n  ${said}`);
  }
  // A table that was rewritten has neither statistics nor a visibility map.
  if (applied.length > 0) await administerPostgres(system, database, (client) => client.query('vacuum (analyze)'));
  return applied;
}

/** null where its last line is not what the program promises. */
function readApplied(stdout: string): string[] | null {
  try {
    return outcomeSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? '')).applied;
  } catch {
    return null; // told by the caller, with all that was said
  }
}

/** Runs the seed program against a system, relays its progress, and reads the manifest it wrote. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { SignoffError } from '../../model/errors.ts';
import { manifestSchema, type Manifest } from '../../model/manifest.ts';
import type { ProgressEvent } from '../../model/progress.ts';
import type { System } from '../../model/system.ts';
import type { SeedOptions } from '../environment-driver.ts';
import { baseEnvironment } from '../processes/base-environment.ts';
import { runCommand } from '../processes/run-command.ts';
import { secretFiles } from './service-names.ts';
import type { SystemFolder } from '../state/system-folder.ts';
import { seededPasswordCost } from './seeded-password-cost.ts';
import { repositoryFolder, seedProgram, typescriptNode } from './service-program.ts';

const progressLineSchema = z.object({ done: z.number(), total: z.number(), unit: z.string() });

export async function seedDatabase(folder: SystemFolder, system: System, options: SeedOptions): Promise<Manifest> {
  const { host, port, database, adminUser } = system.postgres;
  const complaints: string[] = [];
  const outcome = await runCommand({
    command: typescriptNode(),
    args: [
      ...[
        seedProgram,
        '--tenants',
        String(options.tenants),
        '--seed',
        options.seed,
        '--manifest',
        options.manifestPath,
      ],
      ...['--database-url', `postgres://${adminUser}@${host}:${port}/${database}`],
      ...['--database-password-file', folder.secretPath(secretFiles.postgresAdmin)],
      ...['--password-memory-kib', String(seededPasswordCost.memoryKib)],
      ...['--password-passes', String(seededPasswordCost.passes)],
      ...(options.rowsPerTenant === undefined ? [] : ['--rows-per-tenant', String(options.rowsPerTenant)]),
    ],
    cwd: repositoryFolder,
    env: baseEnvironment(),
    signal: options.signal,
    onLine: (line, stream) => {
      const event = stream === 'stderr' ? readProgress(line) : null;
      if (event !== null) options.progress(event);
      else complaints.push(line);
    },
    onStart: (identity) => {
      folder.recordProcess({ ...identity, name: 'seed', kind: 'command', logFile: folder.logFile('seed') });
      return { ended: () => folder.forgetProcess(identity) };
    },
  });
  if (outcome.exitCode !== 0) {
    const how = outcome.signal ?? `exit code ${outcome.exitCode ?? 'unknown'}`;
    if (complaints.some((line) => /no space left on device/i.test(line))) {
      throw new SignoffError('NO_SPACE', `no space left for the data of ${options.tenants} tenants in ${folder.path}`);
    }
    throw new SignoffError('SEED_FAILED', `the seeder ended with ${how}:\n  ${complaints.slice(-15).join('\n  ')}`);
  }
  return readManifest(options.manifestPath);
}

/** null for a line that is not progress. */
function readProgress(line: string): ProgressEvent | null {
  if (!line.startsWith('{')) return null;
  try {
    return { kind: 'fraction', ...progressLineSchema.parse(JSON.parse(line)) };
  } catch {
    return null; // a message in braces
  }
}

/** Rejects with SEED_FAILED where the file is missing or not a manifest of ours. */
export async function readManifest(file: string): Promise<Manifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    const problem = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new SignoffError('SEED_FAILED', `${file} is not a seed manifest: ${problem}`, { cause: error });
  }
}

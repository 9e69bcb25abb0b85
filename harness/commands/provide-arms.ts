/** Gives each build of a comparison a database of its own, a copy of the seeded one, brought to the schema that the build expects. */
import { randomInt } from 'node:crypto';
import type { ResolvedBuild } from '../builds/resolve-build.ts';
import type { RunningSystem } from '../environment/environment-driver.ts';
import type { Progress } from '../model/progress.ts';
import type { ComparedArm } from './compare-live.ts';

export interface ProvideArms {
  running: RunningSystem;
  base: ResolvedBuild;
  candidate: ResolvedBuild;
  progress: Progress;
  signal: AbortSignal;
}

/** Names of the copies; both arms get one, so that they are physically alike. */
export const armDatabases = { base: 'arm_base', candidate: 'arm_candidate' } as const;

/**
 * A service that was named by its URL stays with the database that it has. Whose copy is made first, and so lies
 * elsewhere on the disk, is left to chance: no comparison favours a build, and many of them do not add such a favour up.
 */
export async function provideArms(options: ProvideArms): Promise<{ base: ComparedArm; candidate: ComparedArm }> {
  if (randomInt(2) === 0) {
    const base = await provideArm('base', options);
    return { base, candidate: await provideArm('candidate', options) };
  }
  const candidate = await provideArm('candidate', options);
  return { base: await provideArm('base', options), candidate };
}

async function provideArm(arm: 'base' | 'candidate', options: ProvideArms): Promise<ComparedArm> {
  const { running, progress, signal } = options;
  const { program, build } = options[arm];
  if ('url' in program) return { url: program.url };
  const database = armDatabases[arm];
  await running.copyDatabase(database);
  const applied = await running.migrateDatabase({ database, entry: program.migrateEntry, signal });
  if (applied.length > 0)
    progress({ kind: 'step', message: `${arm} (${build.ref}) migrated its database: ${applied.join(', ')}` });
  return { entry: program.serviceEntry, database };
}

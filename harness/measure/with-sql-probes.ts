/** Adds the probes in SQL to those that the script counted over HTTP. */
import { readFile } from 'node:fs/promises';
import type { Artefact } from '../model/artefact.ts';
import { manifestSchema } from '../model/manifest.ts';
import type { ProbeCount } from '../model/measurement.ts';
import type { System } from '../model/system.ts';
import { probeSql } from './sql-probes.ts';

/** When SQL cannot be asked, what HTTP showed stays, and one undecided probe says what is missing. */
export async function withSqlProbes(
  counted: Artefact<ProbeCount[]>,
  system: System,
  manifestPath: string,
): Promise<Artefact<ProbeCount[]>> {
  if (!counted.ok) return counted;
  return { ok: true, value: [...counted.value, ...(await askDatabase(system, manifestPath))] };
}

async function askDatabase(system: System, manifestPath: string): Promise<ProbeCount[]> {
  try {
    const manifest = manifestSchema.parse(JSON.parse(await readFile(manifestPath, 'utf8')));
    return await probeSql(system, manifest);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const outcome = { count: 1, violations: 0, undecided: 1, examples: [`the database could not be asked: ${reason}`] };
    return [{ claim: 'SEC-ISO', probe: 'sql: policies as the application’s role', kind: 'probe', ...outcome }];
  }
}

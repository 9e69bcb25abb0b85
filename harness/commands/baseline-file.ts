/** The file of a baseline: read without ever throwing, because a gate must be able to say why it has none; written as a whole. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Baseline, baselineSchema, baselineSchemaVersion } from '../model/baseline.ts';
import { writeWhole } from './write-whole.ts';

/** What a baseline file holds, or why it holds none. */
export type ReadBaseline = { baseline: Baseline } | { problem: string };

const versionSchema = z.looseObject({ schemaVersion: z.number() });

export async function readBaseline(file: string): Promise<ReadBaseline> {
  let data: unknown;
  try {
    data = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    return {
      problem: `the baseline ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  const version = versionSchema.safeParse(data).data?.schemaVersion;
  if (version !== undefined && version > baselineSchemaVersion) {
    return {
      problem: `the baseline ${file} has schema version ${version}; this signoff reads version ${baselineSchemaVersion}`,
    };
  }
  const parsed = baselineSchema.safeParse(data);
  if (parsed.success) return { baseline: parsed.data };
  return { problem: `${file} is no baseline: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}` };
}

export async function writeBaseline(file: string, baseline: Baseline): Promise<void> {
  await writeWhole(file, `${JSON.stringify(baseline, null, 2)}\n`);
}

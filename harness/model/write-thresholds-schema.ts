/** Writes thresholds.schema.json, by which editors check and explain thresholds.json: `node harness/model/write-thresholds-schema.ts`. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { thresholdsSchema } from './thresholds.ts';

const target = fileURLToPath(new URL('thresholds.schema.json', import.meta.url));

/** The text of the file: generated from the zod schema, never edited by hand. */
export async function thresholdsSchemaText(): Promise<string> {
  const schema = { title: 'Thresholds of signoff', ...z.toJSONSchema(thresholdsSchema) };
  return await format(JSON.stringify(schema), { ...(await resolveConfig(target)), filepath: target });
}

if (import.meta.main) await writeFile(target, await thresholdsSchemaText());

/** The committed JSON Schema is the one that the zod schema gives, and thresholds.json refers to it. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { thresholdsSchemaText } from './write-thresholds-schema.ts';

it('thresholds.schema.json is current: else run `node harness/model/write-thresholds-schema.ts`', async () => {
  const committed = await readFile(new URL('thresholds.schema.json', import.meta.url), 'utf8');
  expect(committed).toBe(await thresholdsSchemaText());
});

it('thresholds.json names it, so that editors pick it up', async () => {
  const policy = JSON.parse(await readFile(new URL('../../thresholds.json', import.meta.url), 'utf8')) as object;
  expect(policy).toHaveProperty('$schema', './harness/model/thresholds.schema.json');
});

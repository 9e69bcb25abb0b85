/** Every mutant of the service can be built, differs from the intact service, and from every other. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundleService, type ServiceBundle } from './bundle-service.ts';
import { loadMutants, mutantsDirectory } from './load-mutants.ts';
import { mutantBundle } from './mutant-bundle.ts';

const root = path.join(import.meta.dirname, '..', '..');
const mutants = (await loadMutants([mutantsDirectory])).flatMap((one) => (one.layer === 'service' ? [one] : []));

async function sumOf(bundle: ServiceBundle): Promise<string> {
  try {
    return createHash('sha256').update(await readFile(bundle.entry)).digest('hex');
  } finally {
    await bundle.remove();
  }
}

it('builds each, and each is another program', async () => {
  const sums = [await sumOf(await bundleService(root, 'test-intact-of-mutants', []))];
  for (const mutant of mutants) sums.push(await sumOf(await mutantBundle(root, mutant)));
  expect(new Set(sums).size).toBe(mutants.length + 1);
});

it('names the file of a mutant whose pattern is gone', async () => {
  const [mutant] = mutants;
  if (mutant === undefined) throw new Error('there is none');
  const stale = { ...mutant, replacements: [{ file: 'app.ts', pattern: 'no such text', replacement: '' }] };
  await expect(mutantBundle(root, stale)).rejects.toMatchObject({
    message: expect.stringContaining(`the mutant ${mutant.id} was not applied`) as string,
    hint: expect.stringContaining(mutant.file) as string,
  });
});

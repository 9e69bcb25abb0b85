/** Every mutant of the service can be built, differs from the intact service, and from every other. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { expect, it } from 'vitest';
import type { SourceReplacement } from './defect.ts';
import { loadMutants, mutantsDirectory } from './load-mutants.ts';
import { mutantBundle } from './mutant-bundle.ts';
import { replaceSource } from './replace-source.ts';

const root = path.join(import.meta.dirname, '..', '..');
const source = path.join(root, 'reference-service');
const mutants = (await loadMutants([mutantsDirectory])).flatMap((one) => (one.layer === 'service' ? [one] : []));

/** As bundleService does it, but for the packages, which no mutant changes and which take most of the time. */
async function buildSum(replacements: readonly SourceReplacement[]): Promise<string> {
  const options = await readFile(path.join(source, 'build', 'bundle-options.json'), 'utf8');
  const { outputFiles } = await build({
    ...(JSON.parse(options) as BuildOptions),
    packages: 'external',
    entryPoints: [path.join(source, 'server.ts')],
    write: false,
    plugins: [replaceSource(source, () => replacements)],
  });
  return createHash('sha256')
    .update(outputFiles[0]?.contents ?? '')
    .digest('hex');
}

it('builds each, and each is another program', async () => {
  const sums = [await buildSum([])];
  for (const { replacements } of mutants) sums.push(await buildSum(replacements));
  expect(new Set(sums).size).toBe(mutants.length + 1);
});

it('makes a program that needs nothing beside it', async () => {
  const [mutant] = mutants;
  if (mutant === undefined) throw new Error('there is none');
  const bundle = await mutantBundle(root, mutant);
  try {
    expect((await readFile(bundle.entry)).length).toBeGreaterThan(0);
  } finally {
    await bundle.remove();
  }
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

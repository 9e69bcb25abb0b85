/** The mutants that come with signoff: their form, their number, and that the service's source is the one they were written for. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadMutants, mutantsDirectory } from './load-mutants.ts';
import { findMisfits } from './mutant-bundle.ts';

const root = path.join(import.meta.dirname, '..', '..');
const mutants = await loadMutants([mutantsDirectory]);

/** What the programme asked for, by layer. */
const fewest = { postgres: 14, redis: 6, vault: 6, service: 14 };

describe('the mutants', () => {
  it.each(Object.entries(fewest))('of %s are at least %i', (layer, count) => {
    expect(mutants.filter((mutant) => mutant.layer === layer).length).toBeGreaterThanOrEqual(count);
  });

  it.each(mutants)('$id lies in the folder of its layer, under its name', ({ id, layer, file }) => {
    expect(path.relative(mutantsDirectory, file)).toBe(path.join(layer, `${id}.ts`));
  });

  it.each(mutants)('$id says one thing only', ({ title, guarantee, seenIn }) => {
    expect(mutants.filter((other) => other.title === title)).toHaveLength(1);
    expect(guarantee).toMatch(/\.$/);
    expect(seenIn).toMatch(/\.$/);
  });
});

const ofService = mutants.flatMap((mutant) => (mutant.layer === 'service' ? [mutant] : []));

describe('a mutant of the service', () => {
  it.each(ofService)('$id finds each of its patterns exactly once', async (mutant) => {
    expect(await findMisfits(root, mutant)).toEqual([]);
  });

  it.each(ofService)('$id runs without policies where these would hide it, and only there', ({ arm, coveredBy }) => {
    expect(arm === 'filter').toBe(coveredBy === 'postgres');
  });

  it('that does not fit is told with its file', async () => {
    const [first] = ofService;
    if (first === undefined) throw new Error('there is none');
    const replacements = [
      { file: 'app.ts', pattern: 'no such text', replacement: '' },
      { file: 'no-such-file.ts', pattern: 'a', replacement: '' },
    ];
    const misfits = await findMisfits(root, { ...first, replacements });
    expect(misfits).toHaveLength(2);
    expect(misfits.join()).toMatch(/app\.ts holds its pattern 0 times.*no-such-file\.ts/);
  });
});

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadMutants, mutantsDirectory } from '../faults/load-mutants.ts';
import { killMatrixSchema, matrixVerdict } from '../model/kill-matrix.ts';
import { committedMatrixName } from './kill-matrix-folder.ts';
import { killMatrixFingerprint } from './kill-matrix-fingerprint.ts';

const root = path.join(import.meta.dirname, '..', '..');
const remedy = 'run `npx signoff mutate --save` (four to five minutes) and commit docs/kill-matrix.json';

it('is that of the committed matrix, in which every mutant was seen', async () => {
  const committed = killMatrixSchema.parse(JSON.parse(await readFile(path.join(root, committedMatrixName), 'utf8')));
  const mutants = await loadMutants([mutantsDirectory]);
  expect(committed.mutants.map(({ id }) => id).sort(), remedy).toEqual(mutants.map(({ id }) => id).sort());
  expect(matrixVerdict(committed), remedy).toBe('pass');
  expect(
    committed.fingerprint === (await killMatrixFingerprint(root)),
    `probes, mutants or the service have changed since the matrix was measured: ${remedy}`,
  ).toBe(true);
});

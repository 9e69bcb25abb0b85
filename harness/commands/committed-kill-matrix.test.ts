/** The committed kill matrix: every layer of probes is shown to see something, and by itself. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { idleProbes, killMatrixSchema } from '../model/kill-matrix.ts';
import { probeLayers } from '../model/probe-layer.ts';
import { committedMatrixName } from './kill-matrix-folder.ts';

const root = path.join(import.meta.dirname, '..', '..');
const matrix = killMatrixSchema.parse(JSON.parse(readFileSync(path.join(root, committedMatrixName), 'utf8')));
const kills = matrix.mutants.flatMap(({ killedBy }) => killedBy);

it.each(probeLayers)('has a mutant that a probe of the layer %s saw', (layer) => {
  expect(kills.filter((kill) => kill.layer === layer).length).toBeGreaterThan(0);
});

it.each(matrix.mutants.filter(({ seenInConfigurationOnly = false }) => seenInConfigurationOnly))(
  '$id, which comparisons alone saw, has a reason in its file why no behaviour shows it',
  ({ configurationOnly }) => {
    expect(configurationOnly).toEqual(expect.stringMatching(/\S/));
  },
);

it('has few probes that nobody has seen to see: they are named, and are no more than one in ten', () => {
  expect(idleProbes(matrix).length / matrix.probes.length).toBeLessThan(0.1);
});

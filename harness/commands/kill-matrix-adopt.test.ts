import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { RecordedKillMatrix } from '../model/kill-matrix.ts';
import { buildKillMatrix, recordKillMatrix } from '../model/testing/build-kill-matrix.ts';
import { openRun, readRecord } from '../store.ts';
import { adoptMatrix } from './kill-matrix-adopt.ts';
import { newMatrixFolder, writeMatrix } from './kill-matrix-folder.ts';
import { writeStoredLoad } from './testing/stored-load.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'signoff-adopt-'));
});

afterEach(() => rm(root, { recursive: true }));

/** What the run has, after a matrix of its sources was made and the run is judged again. */
async function adopted(recorded: RecordedKillMatrix | undefined): Promise<RecordedKillMatrix | undefined> {
  const directory = path.join(root, 'run');
  const change = (evidence: { killMatrix?: RecordedKillMatrix }) => {
    if (recorded === undefined) delete evidence.killMatrix;
    else evidence.killMatrix = recorded;
  };
  await writeStoredLoad({ directory, runId: 'run', change });
  const matrix = { ...buildKillMatrix(), startedAt: '2026-11-22T12:00:00.000Z' };
  await writeMatrix(newMatrixFolder({ root }, matrix.startedAt), matrix);
  const run = await openRun(directory);
  await adoptMatrix({ root, err: () => undefined }, run);
  return (await readRecord(run)).killMatrix;
}

const { fingerprint } = buildKillMatrix();

it('gives a run that knew of none the one that was made since', async () => {
  const known = await adopted({ fingerprint, from: null, matrix: null });
  expect(known).toMatchObject({ fingerprint, from: 'this machine', matrix: { startedAt: '2026-11-22T12:00:00.000Z' } });
});

it.each<[string, RecordedKillMatrix | undefined]>([
  ['has one', recordKillMatrix()],
  ['was made with other sources', { fingerprint: '0'.repeat(64), from: null, matrix: null }],
  ['recorded nothing', undefined],
])('leaves a run as it is that %s', async (_, recorded) => {
  expect(await adopted(recorded)).toEqual(recorded);
});

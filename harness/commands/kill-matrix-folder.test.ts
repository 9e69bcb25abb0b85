import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KillMatrix } from '../model/kill-matrix.ts';
import { buildKillMatrix } from '../model/testing/build-kill-matrix.ts';
import {
  chooseMatrix,
  commitMatrix,
  knownMatrix,
  matrixText,
  newMatrixFolder,
  writeMatrix,
} from './kill-matrix-folder.ts';
import { killMatrixFingerprint } from './kill-matrix-fingerprint.ts';

const complete = buildKillMatrix();
const [first, ...others] = complete.mutants;
if (first === undefined) throw new Error('the fixture has no mutant');
const missed: KillMatrix['mutants'][number] = { ...first, outcome: 'survived', killedBy: [], reason: 'of a test' };
const partial = (mutants: KillMatrix['mutants']): KillMatrix => ({
  ...complete,
  mutants,
  notTried: others.map(({ id }) => id),
});

describe('chooseMatrix', () => {
  it('takes the newest complete one of this machine, then the committed one', () => {
    const older = { ...complete, wallMs: 1 };
    expect(chooseMatrix([complete, older], older)).toEqual({ from: 'this machine', matrix: complete });
    expect(chooseMatrix([], older)).toEqual({ from: 'the repository', matrix: older });
    expect(chooseMatrix([], null)).toEqual({ from: null, matrix: null });
  });

  it('prefers a complete one, from wherever, to a later one of some mutants', () => {
    const some = partial([first]);
    expect(chooseMatrix([some, complete], null).matrix).toBe(complete);
    expect(chooseMatrix([some], complete)).toEqual({ from: 'the repository', matrix: complete });
    expect(chooseMatrix([some], null)).toEqual({ from: 'this machine', matrix: some });
  });

  it('takes a later one of some mutants where it shows a survivor, until a still later one kills it', () => {
    const survivor = partial([missed]);
    expect(chooseMatrix([survivor, complete], complete).matrix).toBe(survivor);
    expect(chooseMatrix([partial([first]), survivor, complete], null).matrix).toBe(complete);
    const unapplied = partial([{ ...missed, outcome: 'not-applied' }]);
    expect(chooseMatrix([unapplied, complete], null).matrix).toBe(unapplied);
  });

  it('takes one in which the intact system was red, until a later one saw it green', () => {
    const probes = complete.probes.map((probe) => ({ ...probe, violations: 1 }));
    const red = { ...partial([]), probes };
    expect(chooseMatrix([red, complete], null).matrix).toBe(red);
    expect(chooseMatrix([partial([first]), red, complete], null).matrix).toBe(complete);
  });
});

describe('knownMatrix', () => {
  let root: string;
  let complaints: string[];

  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'signoff-matrix-'));
    for (const folder of [
      'harness/measure/isolation',
      'harness/faults/mutants',
      'scenarios/lib',
      'reference-service',
      'docs',
    ]) {
      await mkdir(path.join(root, folder), { recursive: true });
    }
    await writeFile(path.join(root, 'harness/measure/forge-tokens.ts'), 'export const tokens = [];\n');
    await writeFile(path.join(root, 'scenarios/isolation.ts'), 'export const probes = [];\n');
    await writeFile(path.join(root, 'reference-service/server.ts'), 'export const one = 1;\n');
    complaints = [];
  });

  afterEach(() => rm(root, { recursive: true }));

  const known = () => knownMatrix({ root }, (message) => complaints.push(message));
  const store = async (startedAt: string, change: Partial<KillMatrix> = {}) => {
    const fingerprint = await killMatrixFingerprint(root);
    return await writeMatrix(newMatrixFolder({ root }, startedAt), { ...complete, fingerprint, startedAt, ...change });
  };

  it('knows of none where none was made, and says of which sources', async () => {
    expect(await known()).toEqual({ fingerprint: await killMatrixFingerprint(root), from: null, matrix: null });
    expect(complaints).toEqual([]);
  });

  it('is of these sources only, whatever their tests and documents say', async () => {
    await store('2026-11-21T10:00:00.000Z');
    await store('2026-11-22T10:00:00.000Z', { fingerprint: '0'.repeat(64) });
    expect((await known()).matrix?.startedAt).toBe('2026-11-21T10:00:00.000Z');
    await writeFile(path.join(root, 'reference-service/server.test.ts'), 'export const test = 1;\n');
    await writeFile(path.join(root, 'reference-service/README.md'), 'words\n');
    expect((await known()).matrix?.startedAt).toBe('2026-11-21T10:00:00.000Z');
    await writeFile(path.join(root, 'reference-service/tenant.hcl'), 'path "kv/*" {}\n');
    expect((await known()).matrix).toBeNull();
  });

  it('takes the committed one where this machine made none', async () => {
    const fingerprint = await killMatrixFingerprint(root);
    await commitMatrix({ root }, { ...complete, fingerprint });
    expect(await known()).toMatchObject({ from: 'the repository', matrix: { fingerprint } });
    await store('2026-11-22T10:00:00.000Z');
    expect(await known()).toMatchObject({ from: 'this machine' });
  });

  it('complains of a file that it cannot read, and goes on', async () => {
    await store('2026-11-20T10:00:00.000Z');
    await writeFile(await store('2026-11-21T10:00:00.000Z'), '{"schemaVersion": 2}');
    expect((await known()).matrix?.startedAt).toBe('2026-11-20T10:00:00.000Z');
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain('is not a kill matrix that can be read');
  });

  it('is written with a line for each probe and each mutant, and read as it was', async () => {
    const text = await readFile(await store('2026-11-22T10:00:00.000Z'), 'utf8');
    expect(text.split('\n').filter((line) => line.includes('"killedBy"'))).toHaveLength(complete.mutants.length);
    expect(JSON.parse(text)).toMatchObject({ probes: complete.probes, mutants: complete.mutants });
    expect(JSON.parse(matrixText({ ...complete, probes: [], mutants: [] }))).toMatchObject({ probes: [], mutants: [] });
  });
});

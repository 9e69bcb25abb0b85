import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testThresholds } from '../claims/testing/test-thresholds.ts';
import type { Selftest } from '../model/selftest.ts';
import { buildSelftest } from '../report/testing/build-selftest.ts';
import { machine } from '../report/testing/machine.ts';
import { hashPolicy } from '../store.ts';
import { methodFingerprint } from './method-fingerprint.ts';
import { newestSelftest, newSelftestFolder, writeSelftest } from './selftest-folder.ts';

let root: string;
let complaints: string[];

beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'signoff-selftest-'));
  for (const room of ['statistics', 'claims', 'gate']) {
    await mkdir(path.join(root, 'harness', room), { recursive: true });
  }
  await writeFile(path.join(root, 'harness', 'gate', 'gate.ts'), 'export const one = 1;\n');
  complaints = [];
});

afterEach(() => rm(root, { recursive: true }));

async function store(startedAt: string, change: Partial<Selftest> = {}): Promise<string> {
  const { selftest } = buildSelftest();
  return await writeSelftest(newSelftestFolder({ root }, startedAt), { ...selftest, startedAt, ...change });
}

const newest = () =>
  newestSelftest({ root }, { environment: machine.environment, thresholds: testThresholds }, (message) =>
    complaints.push(message),
  );

describe('newestSelftest', () => {
  it('knows of none where none was made', async () => {
    expect(await newest()).toBeUndefined();
    expect(complaints).toEqual([]);
  });

  it('is the newest of this machine', async () => {
    const { selftest } = buildSelftest();
    await store('2026-11-20T10:00:00.000Z');
    await store('2026-11-21T10:00:00.000Z');
    await store('2026-11-22T10:00:00.000Z', { machine: { ...selftest.machine, cores: 64 } });
    await store('2026-11-22T11:00:00.000Z', { machine: { ...selftest.machine, environment: 'containers' } });
    expect((await newest())?.selftest.startedAt).toBe('2026-11-21T10:00:00.000Z');
  });

  it('prefers one that tried every case', async () => {
    await store('2026-11-22T10:00:00.000Z', { notTried: ['busy-cpu'] });
    expect((await newest())?.selftest.startedAt).toBe('2026-11-22T10:00:00.000Z');
    await store('2026-11-20T10:00:00.000Z');
    expect((await newest())?.selftest.startedAt).toBe('2026-11-20T10:00:00.000Z');
  });

  it('takes a later one of some cases where it shows a miss, until a still later one finds it', async () => {
    await store('2026-11-20T10:00:00.000Z');
    const { cases } = buildSelftest().selftest;
    const [first] = cases.filter(({ claim }) => claim !== null);
    if (first === undefined) throw new Error('no regression among the cases');
    const others = cases.filter(({ id }) => id !== first.id).map(({ id }) => id);
    const missed = { ...first, outcome: 'missed' as const };
    await store('2026-11-21T10:00:00.000Z', {
      cases: [{ ...missed, invalid: 'guard swap failed.' }],
      notTried: others,
    });
    expect((await newest())?.selftest.startedAt).toBe('2026-11-20T10:00:00.000Z');
    await store('2026-11-22T10:00:00.000Z', { cases: [missed], notTried: others });
    expect((await newest())?.selftest).toMatchObject({ startedAt: '2026-11-22T10:00:00.000Z', notTried: others });
    await store('2026-11-22T11:00:00.000Z', { cases: [first], notTried: others });
    expect((await newest())?.selftest.startedAt).toBe('2026-11-20T10:00:00.000Z');
  });

  it('complains of a file that it cannot read, and goes on', async () => {
    await store('2026-11-20T10:00:00.000Z');
    await writeFile(await store('2026-11-21T10:00:00.000Z'), '{"schemaVersion": 2}');
    expect((await newest())?.selftest.startedAt).toBe('2026-11-20T10:00:00.000Z');
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toContain('is not a selftest that can be read');
  });

  it('tells whether it tried the method of today, whatever its tests say', async () => {
    await store('2026-11-20T10:00:00.000Z', { method: await methodFingerprint(root) });
    await writeFile(path.join(root, 'harness', 'gate', 'gate.test.ts'), 'export const test = 1;\n');
    expect((await newest())?.sameMethod).toBe(true);
    await writeFile(path.join(root, 'harness', 'gate', 'gate.ts'), 'export const one = 2;\n');
    expect((await newest())?.sameMethod).toBe(false);
  });

  it('tells whether it tried the limits of today', async () => {
    await store('2026-11-20T10:00:00.000Z');
    expect((await newest())?.samePolicy).toBe(false);
    await store('2026-11-21T10:00:00.000Z', { policy: hashPolicy(testThresholds) });
    expect((await newest())?.samePolicy).toBe(true);
  });
});

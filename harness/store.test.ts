import { appendFile, mkdtemp, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Measurement } from './model/measurement.ts';
import type { RunConfig } from './model/run-config.ts';
import {
  appendLog,
  countSeals,
  createRun,
  openRun,
  readBlockSamples,
  readMeasurements,
  sealRun,
  writeMeasurement,
  writeRecord,
} from './store.ts';

const missing = { ok: false as const, error: { code: 'NOT_GATHERED', message: 'not part of this test' } };

function measurement(
  experimentId: string,
  block: number,
  samples: Measurement['artefacts']['samples'] = missing,
): Measurement {
  return {
    schemaVersion: 1,
    experimentId,
    scenarioId: experimentId,
    block,
    startedAt: '2026-01-01T00:00:00.000Z',
    warmUpEndsAtMs: 0,
    measureEndsAtMs: 1000,
    assignment: [{ arm: 'rls', slot: 0 }],
    artefacts: {
      samples,
      generator: missing,
      host: missing,
      postgres: missing,
      redis: missing,
      vault: missing,
      service: missing,
      probes: missing,
      containers: missing,
      machine: missing,
      scheduling: missing,
      database: missing,
      costs: missing,
      crossCheck: missing,
    },
  };
}

function config(runId: string): RunConfig {
  const scenario = {
    id: 'target',
    title: 'Target',
    script: 'target.ts',
    workload: { kind: 'closed' as const, users: 5, thinkTimeMs: 10 },
  };
  const experiment = {
    id: 'target',
    hypothesis: 'it holds',
    scenario,
    arms: ['rls' as const],
    blocks: 12,
    warmUpMs: 0,
    durationMs: 1000,
    order: 'interleaved' as const,
    seed: 1,
  };
  return {
    schemaVersion: 1,
    runId,
    startedAt: '2026-01-01T00:00:00.000Z',
    environmentKind: 'embedded',
    tenants: 12,
    seed: 's',
    rowsPerTenant: 200,
    plantedDefect: null,
    profile: { id: 'smoke', title: 'Smoke', tenants: 12, experiments: [experiment], gates: [] },
  };
}

async function writeParquet(file: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`copy (select * from (values
      (2000000::bigint, 20.5::double, 'target', 'trades.list', 'rls', 'pro', 200::smallint, 0, null::int, false),
      (1000000, 10.25, 'target', 'auth.login', 'rls', 'starter', 200, 0, null, true),
      (3000000, 30.0, 'target', 'trades.list', 'filter', 'pro', 0, 1050, 7, false)
    ) t(ended_at_us, duration_ms, scenario, endpoint, arm, tier, status, error_code, pair, setup)) to '${file}' (format parquet)`);
  connection.closeSync();
  instance.closeSync();
}

let parent: string;
let directory: string;

beforeEach(async () => {
  parent = await mkdtemp(path.join(os.tmpdir(), 'signoff-store-'));
  directory = path.join(parent, 'run');
});

afterEach(async () => {
  await rm(parent, { recursive: true });
});

describe('a run folder', () => {
  it('gives back the measurements in order of block, whatever the order of writing', async () => {
    const run = await createRun(directory, config('a'));
    await writeMeasurement(run, measurement('target', 10));
    await writeMeasurement(run, measurement('target', 2));
    await sealRun(run);
    const blocks = (await readMeasurements(await openRun(directory))).map((each) => each.block);
    expect(blocks).toEqual([2, 10]);
  });

  it('reads samples sorted by time into columns with dictionaries', async () => {
    const run = await createRun(directory, config('a'));
    const file = path.join('samples', 'target-0.parquet');
    await writeParquet(path.join(directory, file));
    const block = measurement('target', 0, { ok: true, value: { file, rows: 3, bytes: 1 } });
    const samples = await readBlockSamples(run, block);
    expect(samples).not.toBeNull();
    if (samples === null) return;
    expect([...samples.endedAtMs]).toEqual([1000, 2000, 3000]);
    expect([...samples.durationMs]).toEqual([10.25, 20.5, 30]);
    expect([...samples.endpoint].map((code) => samples.endpoints[code])).toEqual([
      'auth.login',
      'trades.list',
      'trades.list',
    ]);
    expect([...samples.arm].map((code) => samples.arms[code])).toEqual(['rls', 'rls', 'filter']);
    expect([...samples.pair]).toEqual([-1, -1, 7]);
    expect([...samples.setup]).toEqual([1, 0, 0]);
    expect([...samples.status]).toEqual([200, 200, 0]);
  });

  it('says which Parquet file is truncated', async () => {
    const run = await createRun(directory, config('a'));
    const file = path.join('samples', 'target-0.parquet');
    await writeParquet(path.join(directory, file));
    await truncate(path.join(directory, file), 100);
    const block = measurement('target', 0, { ok: true, value: { file, rows: 3, bytes: 1 } });
    await expect(readBlockSamples(run, block)).rejects.toMatchObject({
      code: 'BAD_RUN_FOLDER',
      message: expect.stringContaining(file) as string,
    });
  });
});

describe('seals', () => {
  it('hold for an untouched folder, and the log may grow', async () => {
    const run = await createRun(directory, config('a'));
    await writeRecord(run, {
      schemaVersion: 1,
      prerequisites: [],
      environmentReadyMs: 1,
      phases: [],
      incomplete: null,
    });
    await sealRun(run);
    await appendLog(run, { event: 'later' });
    expect(await countSeals(await openRun(directory))).toBe(2);
  });

  it.each([
    ['changed', (file: string) => appendFile(file, ' ')],
    ['truncated', (file: string) => truncate(file, 10)],
    ['removed', (file: string) => rm(file)],
  ])('find a file that was %s', async (_, damage) => {
    const run = await createRun(directory, config('a'));
    await writeRecord(run, {
      schemaVersion: 1,
      prerequisites: [],
      environmentReadyMs: 1,
      phases: [],
      incomplete: null,
    });
    await sealRun(run);
    await damage(path.join(directory, 'artefacts', 'run.json'));
    await expect(openRun(directory)).rejects.toMatchObject({
      code: 'BAD_RUN_FOLDER',
      message: expect.stringContaining('run.json') as string,
    });
  });

  it('find a file that was added', async () => {
    const run = await createRun(directory, config('a'));
    await sealRun(run);
    await writeMeasurement(run, measurement('target', 1));
    await expect(openRun(directory)).rejects.toMatchObject({
      message: expect.stringContaining('target-1.json was added') as string,
    });
  });

  it('refuse the MANIFEST of another run', async () => {
    const run = await createRun(directory, config('a'));
    await sealRun(run);
    const file = path.join(directory, 'config.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('"runId": "a"', '"runId": "b"'));
    await expect(openRun(directory)).rejects.toMatchObject({
      message: expect.stringContaining('another run') as string,
    });
  });
});

describe('what is not a run folder of this version', () => {
  it('is refused when it is missing, empty or cut off', async () => {
    await expect(openRun(directory)).rejects.toMatchObject({ code: 'BAD_RUN_FOLDER' });
    await createRun(directory, config('a'));
    await truncate(path.join(directory, 'config.json'), 40);
    await expect(openRun(directory)).rejects.toMatchObject({ message: expect.stringContaining('truncated') as string });
  });

  it('is refused by its schema version before anything else is said of it', async () => {
    await createRun(directory, config('a'));
    await writeFile(path.join(directory, 'config.json'), JSON.stringify({ schemaVersion: 2, somethingNew: true }));
    await expect(openRun(directory)).rejects.toMatchObject({ code: 'NEWER_SCHEMA' });
  });

  it('is refused when a block of an experiment that this run does not have lies in it', async () => {
    const run = await createRun(directory, config('a'));
    await writeMeasurement(run, measurement('baseline', 0));
    await expect(readMeasurements(run)).rejects.toMatchObject({
      message: expect.stringContaining('another run') as string,
    });
  });

  it('is refused when a block beyond the number that was asked for lies in it', async () => {
    const run = await createRun(directory, config('a'));
    await writeMeasurement(run, measurement('target', 12));
    await expect(readMeasurements(run)).rejects.toMatchObject({
      message: expect.stringContaining('another run') as string,
    });
  });

  it('is refused when it was never sealed', async () => {
    await createRun(directory, config('a'));
    await expect(openRun(directory)).rejects.toMatchObject({
      message: expect.stringContaining('no MANIFEST') as string,
    });
  });

  it('is refused when a block lies under the name of another', async () => {
    const run = await createRun(directory, config('a'));
    await writeMeasurement(run, measurement('target', 0));
    await rename(
      path.join(directory, 'artefacts', 'target-0.json'),
      path.join(directory, 'artefacts', 'target-1.json'),
    );
    await expect(readMeasurements(run)).rejects.toMatchObject({ code: 'BAD_RUN_FOLDER' });
  });
});

/** Writes a sealed run folder around made-up evidence, as `measure` would leave it. For tests only: nothing in it was measured. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Evidence, MeasuredBlock } from '../../model/claim.ts';
import type { Profile } from '../../model/experiment.ts';
import type { RunConfig } from '../../model/run-config.ts';
import type { SampleTable } from '../../model/samples.ts';
import {
  createRun,
  openRun,
  type RunFolder,
  sealRun,
  writeEnvironment,
  writeMeasurement,
  writeRecord,
} from '../../store.ts';

export interface MadeUpRun {
  directory: string;
  runId: string;
  evidence: Evidence;
  profile: Profile;
  startedAt?: string;
  plantedDefect?: string | null;
}

export async function writeRunFolder({ directory, evidence, profile, ...about }: MadeUpRun): Promise<RunFolder> {
  const { environment } = evidence;
  const config: RunConfig = {
    schemaVersion: 1,
    runId: about.runId,
    startedAt: about.startedAt ?? '2026-11-22T10:00:00.000Z',
    environmentKind: environment.kind,
    tenants: environment.tenants,
    seed: environment.seed,
    rowsPerTenant: 5000,
    plantedDefect: about.plantedDefect ?? null,
    profile,
  };
  const run = await createRun(directory, config);
  await writeEnvironment(run, environment);
  const { prerequisites, environmentReadyMs, killMatrix } = evidence;
  await writeRecord(run, {
    schemaVersion: 1,
    prerequisites,
    environmentReadyMs,
    phases: [],
    incomplete: null,
    ...(killMatrix === undefined ? {} : { killMatrix }),
  });
  const wanted = profile.experiments.map(({ id }) => id);
  for (const block of evidence.blocks.filter(({ measurement }) => wanted.includes(measurement.experimentId))) {
    await writeBlock(run, block);
  }
  await sealRun(run);
  return await openRun(directory);
}

async function writeBlock(run: RunFolder, { measurement, samples }: MeasuredBlock): Promise<void> {
  await writeMeasurement(run, measurement);
  if (samples === null) return;
  const name = `${measurement.experimentId}-${measurement.block}.parquet`;
  await writeParquet(path.join(run.directory, 'samples', name), samples, measurement.scenarioId);
}

const columns =
  "{'ended_at_us': 'bigint', 'duration_ms': 'double', 'scenario': 'varchar', 'endpoint': 'varchar', 'arm': 'varchar', " +
  "'tier': 'varchar', 'status': 'smallint', 'error_code': 'smallint', 'pair': 'int', 'setup': 'boolean'}";

async function writeParquet(file: string, samples: SampleTable, scenario: string): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'signoff-samples-'));
  const csv = path.join(folder, 'samples.csv');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    await writeFile(csv, csvLines(samples, scenario).join('\n'));
    const from = `read_csv('${csv}', header = false, columns = ${columns})`;
    await connection.run(`copy (select * from ${from}) to '${file}' (format parquet)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
}

function csvLines(samples: SampleTable, scenario: string): string[] {
  const name = (names: readonly string[], codes: Uint8Array, row: number) => names[codes[row] ?? 0] ?? '';
  return Array.from({ length: samples.count }, (_, row) =>
    [
      Math.round((samples.endedAtMs[row] ?? 0) * 1000),
      samples.durationMs[row],
      scenario,
      name(samples.endpoints, samples.endpoint, row),
      name(samples.arms, samples.arm, row),
      name(samples.tiers, samples.tier, row),
      samples.status[row],
      0,
      samples.pair[row] === -1 ? '' : samples.pair[row],
      samples.setup[row] === 1,
    ].join(','),
  );
}

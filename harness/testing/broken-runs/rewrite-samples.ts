/** Changes the samples of a block on disk, as a fault or a forger would leave them. */
import { rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { RunFolder } from '../../store.ts';
import { changeArtefacts } from './change-artefacts.ts';

export function samplesFile({ directory }: RunFolder, block: number): string {
  return path.join(directory, 'samples', `rls-cost-${block}.parquet`);
}

/** `select`: of the table `samples`, all of its columns. Without `honest` the artefact goes on to tell the number of rows from before. */
export async function rewriteSamples(
  run: RunFolder,
  block: number,
  { select, honest }: { select: string; honest: boolean },
): Promise<void> {
  const file = samplesFile(run, block);
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    await connection.run(`create view samples as select * from read_parquet('${file}')`);
    await connection.run(`copy (${select}) to '${file}.new' (format parquet)`);
    const counted = await connection.runAndReadAll(`select count(*)::int from read_parquet('${file}.new')`);
    const rows = Number(counted.getRows()[0]?.[0]);
    await rename(`${file}.new`, file);
    if (!honest) return;
    const { size } = await stat(file);
    await changeArtefacts(run, block, ({ samples }) => {
      if (samples.ok) Object.assign(samples.value, { rows, bytes: size });
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Changes the stored measurement of a block. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Measurement, measurementSchema } from '../../model/measurement.ts';
import type { RunFolder } from '../../store.ts';

/** A block of the experiment that compares arms; 'cross-check': of that one. */
export type BlockName = number | 'cross-check';

export function measurementFile({ directory }: RunFolder, block: BlockName): string {
  return path.join(directory, 'artefacts', `${block === 'cross-check' ? 'cross-check-0' : `rls-cost-${block}`}.json`);
}

export async function changeMeasurement(
  run: RunFolder,
  block: BlockName,
  change: (measurement: Measurement) => void,
): Promise<void> {
  const file = measurementFile(run, block);
  const measurement = measurementSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  change(measurement);
  await writeFile(file, JSON.stringify(measurement));
}

export async function changeArtefacts(
  run: RunFolder,
  block: BlockName,
  change: (artefacts: Measurement['artefacts']) => void,
): Promise<void> {
  await changeMeasurement(run, block, ({ artefacts }) => change(artefacts));
}

/** Any JSON file of the folder, by its name in it. */
export async function changeJson<T>(run: RunFolder, name: string, change: (data: T) => void): Promise<void> {
  const file = path.join(run.directory, name);
  const data = JSON.parse(await readFile(file, 'utf8')) as T;
  change(data);
  await writeFile(file, JSON.stringify(data));
}

/** Changes the stored measurement of a block. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Measurement, measurementSchema } from '../../model/measurement.ts';
import type { RunFolder } from '../../store.ts';

export function measurementFile({ directory, config }: RunFolder, block: number): string {
  const [experiment] = config.profile.experiments;
  return path.join(directory, 'artefacts', `${experiment?.id ?? ''}-${block}.json`);
}

export async function changeMeasurement(
  run: RunFolder,
  block: number,
  change: (measurement: Measurement) => void,
): Promise<void> {
  const file = measurementFile(run, block);
  const measurement = measurementSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  change(measurement);
  await writeFile(file, JSON.stringify(measurement));
}

export async function changeArtefacts(
  run: RunFolder,
  block: number,
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

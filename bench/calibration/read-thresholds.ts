/** The committed policy, whose limits are calibrated. */
import { readFile } from 'node:fs/promises';
import { type Thresholds, thresholdsSchema } from '../../harness/model/thresholds.ts';

export async function readThresholds(): Promise<Thresholds> {
  const text = await readFile(new URL('../../thresholds.json', import.meta.url), 'utf8');
  return thresholdsSchema.parse(JSON.parse(text));
}

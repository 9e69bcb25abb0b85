/** The committed thresholds, for tests. */
import { readFileSync } from 'node:fs';
import { thresholdsSchema } from '../../model/thresholds.ts';

export const testThresholds = thresholdsSchema.parse(
  JSON.parse(readFileSync(new URL('../../../thresholds.json', import.meta.url), 'utf8')),
);

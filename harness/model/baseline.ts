/** A baseline: the figures of a run that passed, meant to be committed, with all that another run must share to be held against it. */
import { z } from 'zod';
import { metricSchema } from './metric.ts';

/**
 * What must be equal before figures of two runs are compared, as flat texts so that a difference is one line.
 * The commit and the ids of images are not in it: what they change is what is asked about.
 */
const fingerprintSchema = z.record(z.string(), z.string());
export type Fingerprint = z.infer<typeof fingerprintSchema>;

export const baselineSchema = z.strictObject({
  schemaVersion: z.literal(1),
  runId: z.string(),
  measuredAt: z.string(),
  savedAt: z.string(),
  profile: z.string(),
  commit: z.string().nullable().describe('What was measured; for the reader, not compared.'),
  dirty: z.boolean().nullable(),
  fingerprint: fingerprintSchema,
  metrics: z.array(metricSchema).min(1),
});
export type Baseline = z.infer<typeof baselineSchema>;
export const baselineSchemaVersion = 1;

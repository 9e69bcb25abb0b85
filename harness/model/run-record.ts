/** artefacts/run.json: what happened around the measurements, so that judging needs nothing but the folder. */
import { z } from 'zod';
import { recordedKillMatrixSchema } from './kill-matrix.ts';
import { recordedSelftestSchema } from './selftest.ts';

export const prerequisiteSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  ok: z.boolean(),
  found: z.string(),
  where: z.string().nullable(),
  fix: z.string().nullable(),
});
/** One line of `doctor`. */
export type Prerequisite = z.infer<typeof prerequisiteSchema>;

export const phaseSchema = z.strictObject({ id: z.string(), wallMs: z.number().nonnegative() });
export type Phase = z.infer<typeof phaseSchema>;

export const runRecordSchema = z.strictObject({
  schemaVersion: z.literal(1),
  prerequisites: z.array(prerequisiteSchema),
  environmentReadyMs: z.number().nonnegative(),
  phases: z.array(phaseSchema),
  incomplete: z.string().nullable().describe('Why the run ended early; null when it went to its end.'),
  selftest: recordedSelftestSchema.optional().describe('The newest of this machine; absent where there was none.'),
  killMatrix: recordedKillMatrixSchema
    .optional()
    .describe('Of the probes and the service that the run was made with; absent in runs of earlier versions.'),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

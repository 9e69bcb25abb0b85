/** config.json of a run folder: what was asked for. A later stage refuses to judge with other settings than those measured with. */
import { z } from 'zod';
import { environmentKindSchema } from './environment.ts';
import { profileSchema } from './experiment.ts';

export const runConfigSchema = z.strictObject({
  schemaVersion: z.literal(1),
  runId: z.string(),
  startedAt: z.string(),
  environmentKind: environmentKindSchema,
  tenants: z.int().positive(),
  seed: z.string(),
  rowsPerTenant: z.int().positive(),
  plantedDefect: z
    .string()
    .nullable()
    .describe('Id of the defect that was planted on purpose; null in a run that says something of the architecture.'),
  profile: profileSchema,
});
export type RunConfig = z.infer<typeof runConfigSchema>;

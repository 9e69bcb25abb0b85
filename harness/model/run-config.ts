/** config.json of a run folder: what was asked for. A later stage refuses to judge with other settings than those measured with. */
import { z } from 'zod';
import { comparedBuildsSchema } from './build.ts';
import { environmentKindSchema } from './environment.ts';
import { type Experiment, profileSchema } from './experiment.ts';

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
  untilDecided: z
    .strictObject({
      atMostMs: z.int().positive().describe('Further load, warm-ups included, that it was allowed to take.'),
      further: z
        .array(z.strictObject({ experimentId: z.string(), blocks: z.int().positive() }))
        .describe('Blocks asked for beyond the profile’s, in order. Each entry is one more look at its experiment.'),
    })
    .optional()
    .describe('Only in a run that was to be measured on until its claims were decided.'),
  comparison: comparedBuildsSchema.optional().describe('Only where two builds were compared live.'),
});
export type RunConfig = z.infer<typeof runConfigSchema>;

/** How many blocks an experiment was asked for, further ones included. */
export function blocksAskedFor(config: RunConfig, { id, blocks }: Experiment): number {
  const further = config.untilDecided?.further.filter(({ experimentId }) => experimentId === id) ?? [];
  return further.reduce((total, more) => total + more.blocks, blocks);
}

/** How often an experiment was looked at to decide whether to go on; null in a run whose end was fixed beforehand. */
export function looksAt({ untilDecided }: RunConfig, id: string): number | null {
  if (untilDecided === undefined) return null;
  return 1 + untilDecided.further.filter(({ experimentId }) => experimentId === id).length;
}

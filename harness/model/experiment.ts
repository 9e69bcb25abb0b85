/** What is compared: a scenario, the arms it runs against, and how often. Declarative data. */
import { z } from 'zod';
import { scenarioSchema } from './scenario.ts';

/** The modes that the reference service really has; only `rls` is production. */
export const modeSchema = z.enum(['rls', 'filter', 'bare']);
export type Mode = z.infer<typeof modeSchema>;

/** What is held against each other: the service in one of its modes, or two builds of it, both in production's mode. */
export const armSchema = z.enum([...modeSchema.options, 'base', 'candidate']);
export type Arm = z.infer<typeof armSchema>;

/** The mode that the service of an arm runs in. */
export const modeOfArm: Record<Arm, Mode> = {
  rls: 'rls',
  filter: 'filter',
  bare: 'bare',
  base: 'rls',
  candidate: 'rls',
};

export const experimentSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  hypothesis: z.string(),
  scenario: scenarioSchema,
  arms: z.array(armSchema).min(1),
  blocks: z.int().positive().describe('Processes are restarted and slots swapped between blocks.'),
  warmUpMs: z.int().nonnegative().describe('At the start of each block; separated by time, never deleted.'),
  durationMs: z.int().positive().describe('Measured time of each block, after its warm-up.'),
  order: z.literal('interleaved'),
  seed: z.int(),
});
export type Experiment = z.infer<typeof experimentSchema>;

export const profileSchema = z.strictObject({
  id: z.enum(['quick', 'full', 'soak', 'smoke', 'compare']),
  title: z.string(),
  tenants: z.int().positive(),
  experiments: z.array(experimentSchema).min(1),
  gates: z.array(z.string()).describe('Ids of the claims that this profile measures, and so decides.'),
});
export type Profile = z.infer<typeof profileSchema>;

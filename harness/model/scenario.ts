/** A load: which k6 script, and its workload model. */
import { z } from 'zod';

export const workloadSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('open'),
    ratePerSecond: z.number().positive().describe('Iterations that begin in a second.'),
    askingShare: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe('Of its iterations, those that ask for something; the others are rests between bursts. Left out: all.'),
  }),
  z.strictObject({ kind: z.literal('closed'), users: z.int().positive(), thinkTimeMs: z.number().nonnegative() }),
]);
export type Workload = z.infer<typeof workloadSchema>;

export const scenarioSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  title: z.string(),
  script: z.string().describe('File in scenarios/, for instance "target.ts".'),
  workload: workloadSchema,
});
export type Scenario = z.infer<typeof scenarioSchema>;

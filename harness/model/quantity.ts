/** A measured number: it never travels without its unit, its sample count and its interval. */
import { z } from 'zod';

export const unitSchema = z.enum(['ms', 's', 'ratio', '%', 'count', '1/s', 'bytes']);
export type Unit = z.infer<typeof unitSchema>;

export const intervalSchema = z
  .tuple([z.number().nullable(), z.number().nullable()])
  .describe('Lower and upper bound; null where the data do not bound that side.');

export const quantitySchema = z.strictObject({
  value: z.number(),
  unit: unitSchema,
  direction: z.enum(['lower-is-better', 'higher-is-better']),
  samples: z.int().nonnegative(),
  effectiveSamples: z.number().nonnegative().optional(),
  interval: intervalSchema,
  confidence: z.number().gt(0).lt(1).describe('Of each bound, one-sided.'),
});
export type Quantity = z.infer<typeof quantitySchema>;

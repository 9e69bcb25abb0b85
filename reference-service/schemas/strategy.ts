/** Strategies and the signals that they give. */
import { z } from 'zod';
import { decimalSchema, idSchema, timestampSchema } from './fields.ts';

export const strategySchema = z.strictObject({
  id: idSchema,
  tenantId: idSchema,
  portfolioId: idSchema,
  name: z.string(),
  kind: z.enum(['momentum', 'mean_reversion', 'pairs', 'market_making']),
  parameters: z.record(z.string(), z.unknown()),
  enabled: z.boolean(),
  createdAt: timestampSchema,
});
export type Strategy = z.infer<typeof strategySchema>;

export const signalSchema = z.strictObject({
  id: idSchema,
  tenantId: idSchema,
  strategyId: idSchema,
  instrumentId: z.int(),
  direction: z.enum(['buy', 'sell', 'hold']),
  strength: decimalSchema,
  note: z.string().nullable(),
  generatedAt: timestampSchema,
});
export type Signal = z.infer<typeof signalSchema>;

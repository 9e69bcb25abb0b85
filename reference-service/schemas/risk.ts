/** Risk: the exposure of all positions at their last close, and the limits set on it. */
import { z } from 'zod';
import { decimalSchema, idSchema, timestampSchema } from './fields.ts';

const assetClassExposureSchema = z.strictObject({
  assetClass: z.enum(['equity', 'etf', 'bond', 'crypto', 'fx']),
  gross: decimalSchema,
  net: decimalSchema,
});

export const exposureSchema = z.strictObject({
  tenantId: idSchema,
  positions: z.int(),
  grossExposure: decimalSchema,
  netExposure: decimalSchema,
  byAssetClass: z.array(assetClassExposureSchema),
});
export type Exposure = z.infer<typeof exposureSchema>;

export const riskLimitSchema = z.strictObject({
  id: idSchema,
  tenantId: idSchema,
  portfolioId: idSchema,
  kind: z.enum(['gross_exposure', 'net_exposure', 'single_name', 'daily_loss']),
  limitValue: decimalSchema,
  updatedAt: timestampSchema,
});
export type RiskLimit = z.infer<typeof riskLimitSchema>;

export const newRiskLimitSchema = z.strictObject({
  limitValue: z.string().regex(/^\d{1,18}(\.\d{1,2})?$/, 'expected an amount as text, such as "1000.00"'),
});

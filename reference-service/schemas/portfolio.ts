/** Portfolios and the positions in them. */
import { z } from 'zod';
import { currencySchema, decimalSchema, idSchema, timestampSchema } from './fields.ts';

export const portfolioSchema = z.strictObject({
  id: idSchema,
  tenantId: idSchema,
  name: z.string(),
  baseCurrency: currencySchema,
  createdAt: timestampSchema,
});
export type Portfolio = z.infer<typeof portfolioSchema>;

export const newPortfolioSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  baseCurrency: currencySchema,
});

export const positionSchema = z.strictObject({
  id: idSchema,
  tenantId: idSchema,
  portfolioId: idSchema,
  instrumentId: z.int(),
  symbol: z.string(),
  quantity: decimalSchema,
  averagePrice: decimalSchema,
  updatedAt: timestampSchema,
});
export type Position = z.infer<typeof positionSchema>;

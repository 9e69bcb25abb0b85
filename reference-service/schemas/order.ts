/** Orders: what a trader sends, and what is kept. */
import { z } from 'zod';
import { decimalSchema, idSchema, positiveDecimal, sideSchema, timestampSchema } from './fields.ts';

export const orderStatusSchema = z.enum(['new', 'filled', 'cancelled', 'rejected']);
const orderTypeSchema = z.enum(['market', 'limit']);

export const orderSchema = z.strictObject({
  id: idSchema,
  tenantId: idSchema,
  portfolioId: idSchema,
  strategyId: idSchema.nullable(),
  instrumentId: z.int(),
  side: sideSchema,
  type: orderTypeSchema,
  quantity: decimalSchema,
  limitPrice: decimalSchema.nullable(),
  status: orderStatusSchema,
  note: z.string().nullable(),
  createdBy: idSchema,
  createdAt: timestampSchema,
  updatedAt: timestampSchema,
});
export type Order = z.infer<typeof orderSchema>;

export const newOrderSchema = z
  .strictObject({
    portfolioId: idSchema,
    instrumentId: z.int().min(1).max(2_147_483_647),
    side: sideSchema,
    type: orderTypeSchema,
    quantity: positiveDecimal(14, 4),
    limitPrice: positiveDecimal(12, 6).optional(),
    strategyId: idSchema.optional(),
    note: z.string().max(500).optional(),
  })
  .refine((order) => (order.type === 'limit') === (order.limitPrice !== undefined), {
    path: ['limitPrice'],
    message: 'a limit order needs it, a market order has none',
  });
export type NewOrder = z.infer<typeof newOrderSchema>;

export const idempotencyHeadersSchema = z.object({
  'idempotency-key': z.string().regex(/^[\x21-\x7e]{8,64}$/, 'expected 8 to 64 visible ASCII characters'),
});

/** Trades, in the shape of each API version. */
import { z } from 'zod';
import { currencySchema, decimalSchema, idSchema, sideSchema, timestampSchema } from './fields.ts';

const unpriced = {
  id: idSchema,
  tenantId: idSchema,
  portfolioId: idSchema,
  orderId: idSchema,
  instrumentId: z.int(),
  side: sideSchema,
  quantity: decimalSchema,
  venueRef: z.string().nullable(),
  executedAt: timestampSchema,
};

export const tradeSchema = z.strictObject({ ...unpriced, price: decimalSchema, fee: decimalSchema });
export type Trade = z.infer<typeof tradeSchema>;

const moneySchema = z.strictObject({ amount: decimalSchema, currency: currencySchema });

/** Version 2 says which currency an amount is in. */
const tradeV2Schema = z.strictObject({ ...unpriced, price: moneySchema, fee: moneySchema });

export const tradeV2PageSchema = z.strictObject({
  data: z.array(tradeV2Schema),
  page: z.strictObject({ next: z.string().nullable(), limit: z.int() }),
});

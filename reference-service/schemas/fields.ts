/** Fields that several resources share: ids, exact decimals, times. */
import { z } from 'zod';

export const idSchema = z.uuid();

/** An exact decimal as text: JSON numbers are binary fractions and would round it. */
export const decimalSchema = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .meta({ examples: ['10.0000'] });

/** A decimal above zero with at most so many digits before and after the point, as its column holds it. */
export function positiveDecimal(integerDigits: number, fractionDigits: number) {
  return z
    .string()
    .regex(new RegExp(`^\\d{1,${integerDigits}}(\\.\\d{1,${fractionDigits}})?$`), 'expected a decimal number as text')
    .refine((text) => /[1-9]/.test(text), 'expected more than zero');
}

/** ISO 8601 in UTC, to the microsecond. */
export const timestampSchema = z.string().meta({ format: 'date-time', examples: ['2026-01-02T03:04:05.678901Z'] });

export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as USD');

export const sideSchema = z.enum(['buy', 'sell']);

export const byIdSchema = z.strictObject({ id: idSchema });

const errorBodySchema = z.strictObject({ code: z.string(), message: z.string(), requestId: z.string() });

/** The body of every answer that is not a success. */
export const errorSchema = z.strictObject({ error: errorBodySchema });

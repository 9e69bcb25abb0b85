/** Quotes of instruments, asked for by symbol. */
import { z } from 'zod';
import { decimalSchema } from './fields.ts';

const maximumSymbols = 50;

export const quoteSchema = z.strictObject({ symbol: z.string(), price: decimalSchema, asOf: z.iso.date() });
export type Quote = z.infer<typeof quoteSchema>;

export const quotesSchema = z.strictObject({ items: z.array(quoteSchema) });

/** `symbols=AAA,BBB`; a symbol asked for twice is answered once, an unknown one not at all. */
export const quotesQuerySchema = z.strictObject({
  symbols: z
    .string()
    .max(1000)
    .transform((text) => [...new Set(text.split(','))])
    .pipe(z.array(z.string().regex(/^[A-Z0-9.\-/]{1,20}$/, 'expected symbols, parted by commas')).max(maximumSymbols)),
});

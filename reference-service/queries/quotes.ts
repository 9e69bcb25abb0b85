/** The last close of instruments, by symbol; shared reference data. */
import { query, statement } from '../database/statement.ts';
import type { Quote } from '../schemas/quote.ts';

// The array travels as text: SqlValue has no arrays, and symbols have neither commas nor quotes.
const last = statement<Quote>(
  'quotes.last',
  `select i.symbol, l.close as price, l.day as "asOf"
   from instruments i
   join lateral (select close, day from prices where instrument_id = i.id order by day desc limit 1) l on true
   where i.symbol = any (string_to_array($1, ','))`,
);

export function getQuotes(symbols: string[]) {
  return query(last, symbols.join(','));
}

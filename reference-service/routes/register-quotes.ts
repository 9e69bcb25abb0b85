/** The route of quotes: from the tenant's cache, filled from the last closes. */
import { getQuotes } from '../queries/quotes.ts';
import { quoteSchema, quotesQuerySchema, quotesSchema, type Quote } from '../schemas/quote.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const quoteTtlSeconds = 10;

async function readQuotes(
  { cache, database }: Services,
  tenantId: string,
  symbols: string[],
): Promise<Map<string, Quote>> {
  const cached = await cache.read(tenantId, 'quote', symbols);
  const quotes = new Map(
    cached
      .filter((text) => text !== null)
      .map((text) => quoteSchema.parse(JSON.parse(text)))
      .map((quote) => [quote.symbol, quote]),
  );
  const missing = symbols.filter((symbol) => !quotes.has(symbol));
  if (missing.length === 0) return quotes;
  const read = await database.shared(getQuotes(missing));
  for (const quote of read) quotes.set(quote.symbol, quote);
  const entries = new Map(read.map((quote) => [quote.symbol, JSON.stringify(quote)]));
  await cache.write(tenantId, 'quote', entries, quoteTtlSeconds);
  return quotes;
}

export function registerQuotes(app: RouteApp, services: Services): void {
  app.get(
    '/api/v1/quotes',
    {
      schema: { tags: ['quotes'], querystring: quotesQuerySchema, response: { 200: quotesSchema, ...errorResponses } },
    },
    async (request) => {
      const { symbols } = request.query;
      const quotes = await readQuotes(services, principalOf(request).tenantId, symbols);
      return { items: symbols.map((symbol) => quotes.get(symbol)).filter((quote) => quote !== undefined) };
    },
  );
}

/** Routes of trades; version 2 lives beside version 1. */
import { getTrade, listTrades, listTradesWithCurrency } from '../queries/trades.ts';
import { byIdSchema, idSchema } from '../schemas/fields.ts';
import { pageOf, pageQuery, toPage } from '../schemas/page.ts';
import { tradeSchema, tradeV2PageSchema, type Trade } from '../schemas/trade.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import { found } from './found.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['trades'];
const querystring = pageQuery('time', 'uuid').extend({ portfolioId: idSchema.optional() });
const keysOf = (trade: Trade) => [trade.executedAt, trade.id];

function toTradeV2({ currency, price, fee, ...trade }: Trade & { currency: string }) {
  return { ...trade, price: { amount: price, currency }, fee: { amount: fee, currency } };
}

export function registerTrades(app: RouteApp, { database }: Services): void {
  app.get(
    '/api/v1/trades',
    { schema: { tags, querystring, response: { 200: pageOf(tradeSchema), ...errorResponses } } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const { limit, cursor, portfolioId } = request.query;
      const [rows] = await database.asTenant(
        tenantId,
        listTrades(tenantId, { limit, cursor, filter: portfolioId ?? null }),
      );
      return toPage(rows, limit, keysOf);
    },
  );

  app.get(
    '/api/v1/trades/:id',
    { schema: { tags, params: byIdSchema, response: { 200: tradeSchema, ...errorResponses } } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const [rows] = await database.asTenant(tenantId, getTrade(tenantId, request.params.id));
      return found(rows);
    },
  );

  app.get(
    '/api/v2/trades',
    { schema: { tags, querystring, response: { 200: tradeV2PageSchema, ...errorResponses } } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const { limit, cursor, portfolioId } = request.query;
      const page = listTradesWithCurrency(tenantId, { limit, cursor, filter: portfolioId ?? null });
      const [rows] = await database.asTenant(tenantId, page);
      const { items, nextCursor } = toPage(rows, limit, keysOf);
      return { data: items.map(toTradeV2), page: { next: nextCursor, limit } };
    },
  );
}

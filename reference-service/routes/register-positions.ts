/** Routes of positions, of one portfolio or of all. */
import { getPortfolio, listPositions } from '../queries/portfolios.ts';
import { byIdSchema, idSchema } from '../schemas/fields.ts';
import { pageOf, pageQuery, toPage } from '../schemas/page.ts';
import { positionSchema, type Position } from '../schemas/portfolio.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import { found } from './found.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['portfolios'];
const page = pageQuery('uuid', 'integer');
const keysOf = (position: Position) => [position.portfolioId, String(position.instrumentId)];

export function registerPositions(app: RouteApp, { database }: Services): void {
  app.get(
    '/api/v1/portfolios/:id/positions',
    {
      schema: {
        tags,
        params: byIdSchema,
        querystring: page,
        response: { 200: pageOf(positionSchema), ...errorResponses },
      },
    },
    async (request) => {
      const { tenantId } = principalOf(request);
      const [portfolios, rows] = await database.asTenant(
        tenantId,
        getPortfolio(tenantId, request.params.id),
        listPositions(tenantId, { ...request.query, filter: request.params.id }),
      );
      found(portfolios);
      return toPage(rows, request.query.limit, keysOf);
    },
  );

  app.get(
    '/api/v1/positions',
    {
      schema: {
        tags,
        querystring: page.extend({ portfolioId: idSchema.optional() }),
        response: { 200: pageOf(positionSchema), ...errorResponses },
      },
    },
    async (request) => {
      const { tenantId } = principalOf(request);
      const { limit, cursor, portfolioId } = request.query;
      const filter = portfolioId ?? null;
      const [rows] = await database.asTenant(tenantId, listPositions(tenantId, { limit, cursor, filter }));
      return toPage(rows, limit, keysOf);
    },
  );
}

/** Routes of portfolios and positions. */
import { getPortfolio, createPortfolio, listPortfolios, listPositions } from '../queries/portfolios.ts';
import { byIdSchema, idSchema } from '../schemas/fields.ts';
import { pageOf, pageQuery, toPage } from '../schemas/page.ts';
import { newPortfolioSchema, portfolioSchema, positionSchema, type Position } from '../schemas/portfolio.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import { found } from './found.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['portfolios'];
const positionKeys = (position: Position) => [position.portfolioId, String(position.instrumentId)];
const positionPage = pageQuery('uuid', 'integer');

export function registerPortfolios(app: RouteApp, { database }: Services): void {
  app.get(
    '/api/v1/portfolios',
    { schema: { tags, querystring: pageQuery('time', 'uuid'), response: { 200: pageOf(portfolioSchema), ...errorResponses } } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const [rows] = await database.asTenant(tenantId, listPortfolios(tenantId, request.query));
      return toPage(rows, request.query.limit, (row) => [row.createdAt, row.id]);
    },
  );

  app.post(
    '/api/v1/portfolios',
    { schema: { tags, body: newPortfolioSchema, response: { 201: portfolioSchema, ...errorResponses } } },
    async (request, reply) => {
      const { tenantId, userId } = principalOf(request);
      const [rows] = await database.asTenant(tenantId, createPortfolio(tenantId, request.body, userId));
      return reply.status(201).send(found(rows));
    },
  );

  app.get(
    '/api/v1/portfolios/:id',
    { schema: { tags, params: byIdSchema, response: { 200: portfolioSchema, ...errorResponses } } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const [rows] = await database.asTenant(tenantId, getPortfolio(tenantId, request.params.id));
      return found(rows);
    },
  );

  app.get(
    '/api/v1/portfolios/:id/positions',
    {
      schema: {
        tags,
        params: byIdSchema,
        querystring: positionPage,
        response: { 200: pageOf(positionSchema), ...errorResponses },
      },
    },
    async (request) => {
      const { tenantId } = principalOf(request);
      const { id } = request.params;
      const [portfolios, rows] = await database.asTenant(
        tenantId,
        getPortfolio(tenantId, id),
        listPositions(tenantId, { ...request.query, filter: id }),
      );
      found(portfolios);
      return toPage(rows, request.query.limit, positionKeys);
    },
  );

  app.get(
    '/api/v1/positions',
    {
      schema: {
        tags,
        querystring: positionPage.extend({ portfolioId: idSchema.optional() }),
        response: { 200: pageOf(positionSchema), ...errorResponses },
      },
    },
    async (request) => {
      const { tenantId } = principalOf(request);
      const { limit, cursor, portfolioId } = request.query;
      const page = listPositions(tenantId, { limit, cursor, filter: portfolioId ?? null });
      const [rows] = await database.asTenant(tenantId, page);
      return toPage(rows, limit, positionKeys);
    },
  );
}

/** Routes of portfolios. */
import { createPortfolio, getPortfolio, listPortfolios } from '../queries/portfolios.ts';
import { byIdSchema } from '../schemas/fields.ts';
import { pageOf, pageQuery, toPage } from '../schemas/page.ts';
import { newPortfolioSchema, portfolioSchema } from '../schemas/portfolio.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import { found } from './found.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['portfolios'];

export function registerPortfolios(app: RouteApp, { database }: Services): void {
  app.get(
    '/api/v1/portfolios',
    {
      schema: {
        tags,
        querystring: pageQuery('time', 'uuid'),
        response: { 200: pageOf(portfolioSchema), ...errorResponses },
      },
    },
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
}

/** Routes of strategies and signals. */
import { getSignal, listSignals, listStrategies } from '../queries/strategies.ts';
import { byIdSchema, idSchema } from '../schemas/fields.ts';
import { pageOf, pageQuery, toPage } from '../schemas/page.ts';
import { signalSchema, strategySchema } from '../schemas/strategy.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import { found } from './found.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['strategies'];
const page = pageQuery('time', 'uuid');

export function registerStrategies(app: RouteApp, { database }: Services): void {
  app.get(
    '/api/v1/strategies',
    { schema: { tags, querystring: page, response: { 200: pageOf(strategySchema), ...errorResponses } } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const [rows] = await database.asTenant(tenantId, listStrategies(tenantId, request.query));
      return toPage(rows, request.query.limit, (row) => [row.createdAt, row.id]);
    },
  );

  app.get(
    '/api/v1/signals',
    {
      schema: {
        tags,
        querystring: page.extend({ strategyId: idSchema.optional() }),
        response: { 200: pageOf(signalSchema), ...errorResponses },
      },
    },
    async (request) => {
      const { tenantId } = principalOf(request);
      const { limit, cursor, strategyId } = request.query;
      const [rows] = await database.asTenant(
        tenantId,
        listSignals(tenantId, { limit, cursor, filter: strategyId ?? null }),
      );
      return toPage(rows, limit, (row) => [row.generatedAt, row.id]);
    },
  );

  app.get(
    '/api/v1/signals/:id',
    { schema: { tags, params: byIdSchema, response: { 200: signalSchema, ...errorResponses } } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const [rows] = await database.asTenant(tenantId, getSignal(tenantId, request.params.id));
      return found(rows);
    },
  );
}

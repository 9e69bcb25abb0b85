/** Routes of risk limits. */
import { listRiskLimits, updateRiskLimit } from '../queries/risk.ts';
import { byIdSchema } from '../schemas/fields.ts';
import { pageOf, pageQuery, toPage } from '../schemas/page.ts';
import { newRiskLimitSchema, riskLimitSchema } from '../schemas/risk.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import { found } from './found.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['risk'];

export function registerRiskLimits(app: RouteApp, { database }: Services): void {
  app.get(
    '/api/v1/risk/limits',
    { schema: { tags, querystring: pageQuery('uuid'), response: { 200: pageOf(riskLimitSchema), ...errorResponses } } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const [rows] = await database.asTenant(tenantId, listRiskLimits(tenantId, request.query));
      return toPage(rows, request.query.limit, (row) => [row.id]);
    },
  );

  app.put(
    '/api/v1/risk/limits/:id',
    {
      schema: {
        tags,
        params: byIdSchema,
        body: newRiskLimitSchema,
        response: { 200: riskLimitSchema, ...errorResponses },
      },
    },
    async (request) => {
      const { tenantId, userId } = principalOf(request);
      const change = updateRiskLimit(tenantId, request.params.id, request.body.limitValue, userId);
      const [rows] = await database.asTenant(tenantId, change);
      return found(rows);
    },
  );
}

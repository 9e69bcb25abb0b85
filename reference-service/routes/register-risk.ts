/** Routes of exposure and risk limits. */
import { getExposure, listRiskLimits, toExposure, updateRiskLimit } from '../queries/risk.ts';
import { byIdSchema } from '../schemas/fields.ts';
import { pageOf, pageQuery, toPage } from '../schemas/page.ts';
import { exposureSchema, newRiskLimitSchema, riskLimitSchema, type Exposure } from '../schemas/risk.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import { found } from './found.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['risk'];
const exposureTtlSeconds = 10;
const wholeTenant = 'all';

export function registerRisk(app: RouteApp, { database, cache }: Services): void {
  async function computeExposure(tenantId: string): Promise<Exposure> {
    const [rows] = await database.asTenant(tenantId, getExposure(tenantId));
    return toExposure(rows, tenantId);
  }

  app.get(
    '/api/v1/risk/exposure',
    { schema: { tags, response: { 200: exposureSchema, ...errorResponses } } },
    async (request) => computeExposure(principalOf(request).tenantId),
  );

  app.get(
    '/api/v1/risk/exposure/cached',
    { schema: { tags, response: { 200: exposureSchema, ...errorResponses } } },
    async (request) => {
      const { tenantId } = principalOf(request);
      const [cached] = await cache.read(tenantId, 'exposure', [wholeTenant]);
      if (typeof cached === 'string') return exposureSchema.parse(JSON.parse(cached));
      const exposure = await computeExposure(tenantId);
      await cache.write(tenantId, 'exposure', new Map([[wholeTenant, JSON.stringify(exposure)]]), exposureTtlSeconds);
      return exposure;
    },
  );

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

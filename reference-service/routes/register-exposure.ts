/** Routes of exposure, computed and cached. */
import { getExposure, toExposure } from '../queries/risk.ts';
import { exposureSchema, type Exposure } from '../schemas/risk.ts';
import type { Services } from '../services.ts';
import { principalOf } from '../session/principal.ts';
import { errorResponses, type RouteApp } from './route-app.ts';

const tags = ['risk'];
const exposureTtlSeconds = 10;
const wholeTenant = 'all';

export function registerExposure(app: RouteApp, { database, cache }: Services): void {
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
}

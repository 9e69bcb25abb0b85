/** Routes for those who operate the service: health, readiness, metrics, the API document. */
import { z } from 'zod';
import { serviceVersion } from '../service-version.ts';
import type { Services } from '../services.ts';
import { checkReadiness, readinessSchema } from './readiness.ts';
import type { RouteApp } from './route-app.ts';

const tags = ['operations'];
const healthSchema = z.strictObject({ status: z.literal('ok'), version: z.string(), rlsMode: z.string() });

export function registerOperations(app: RouteApp, services: Services, isDraining: () => boolean): void {
  const { configuration, metrics } = services;

  app.get('/healthz', { schema: { tags, response: { 200: healthSchema } } }, () => {
    return { status: 'ok' as const, version: serviceVersion, rlsMode: configuration.RLS_MODE };
  });

  app.get(
    '/readyz',
    { schema: { tags, response: { 200: readinessSchema, 503: readinessSchema } } },
    async (_request, reply) => {
      const readiness = await checkReadiness(services, isDraining());
      return reply.status(readiness.ready ? 200 : 503).send(readiness);
    },
  );

  app.get('/metrics', { schema: { tags } }, async (_request, reply) => {
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

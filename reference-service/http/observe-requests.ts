/** Counts and logs every answer, with its request id and tenant. */
import type { FastifyInstance } from 'fastify';
import type { Histogram } from 'prom-client';
import type { Metrics } from '../observability/metrics.ts';

/** Probes and scrapes come every second or so: logged at debug only. */
const quietRoutes = new Set(['/healthz', '/readyz', '/metrics']);

export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  // Looking labels up costs more than observing: each combination is looked up once.
  const observers = new Map<string, Histogram.Internal<'method' | 'route' | 'status'>>();

  function observerOf(method: string, route: string, status: number) {
    const key = `${method} ${route} ${status}`;
    const known = observers.get(key);
    if (known !== undefined) return known;
    const observer = metrics.requestDuration.labels({ method, route, status });
    observers.set(key, observer);
    return observer;
  }

  app.addHook('onResponse', async (request, reply) => {
    // An address that matches no route is not a label: callers could make up any number of them.
    const route = request.routeOptions.url ?? 'unmatched';
    observerOf(request.method, route, reply.statusCode).observe(reply.elapsedTime / 1000);
    const level = quietRoutes.has(route) ? 'debug' : 'info';
    request.log[level](
      {
        tenant: request.principal?.tenantId,
        user: request.principal?.userId,
        method: request.method,
        route,
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 1000) / 1000,
      },
      'request',
    );
  });
}

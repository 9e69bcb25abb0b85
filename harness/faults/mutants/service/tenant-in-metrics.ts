/** A tenant as a label. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'tenant-in-metrics',
  layer: 'service',
  title: 'requests are counted by tenant: the metrics say which tenants there are, and how much each of them asks for',
  claim: 'SEC-ISO',
  guarantee: 'Metrics, which everybody in operations reads, hold nothing of a tenant.',
  seenIn:
    'Prometheus documentation, "Metric and label naming": no labels of many values, such as ids of users. CWE-497 where the page is open, and a customer list for whoever reads it.',
  mustBeSeenBy: ['telemetry'],
  replacements: [
    {
      file: 'observability/metrics.ts',
      pattern: "labelNames: ['method', 'route', 'status'],",
      replacement: "labelNames: ['method', 'route', 'status', 'tenant'],",
    },
    {
      file: 'http/observe-requests.ts',
      pattern: 'function observerOf(method: string, route: string, status: number) {\n    const key = `${method} ',
      replacement:
        'function observerOf(tenant: string, method: string, route: string, status: number) {\n    const key = `${tenant} ${method} ',
    },
    {
      file: 'http/observe-requests.ts',
      pattern: 'metrics.requestDuration.labels({ method, route, status })',
      replacement: 'metrics.requestDuration.labels({ tenant, method, route, status })',
    },
    {
      file: 'http/observe-requests.ts',
      pattern: 'observerOf(request.method, route,',
      replacement: "observerOf(request.principal?.tenantId ?? 'none', request.method, route,",
    },
  ],
} satisfies Mutant;

/** Ids of rows in the metrics. */
import type { Mutant } from '../../../model/mutant.ts';

export default {
  id: 'address-in-metrics',
  layer: 'service',
  title: 'requests are counted by their address instead of their route: ids and searches of tenants are in the metrics',
  claim: 'SEC-ISO',
  guarantee: 'Metrics, which everybody in operations reads, hold nothing of a tenant.',
  seenIn:
    'Prometheus documentation, "Instrumentation": no labels of high cardinality, such as ids; the path as a label is the classic mistake. CWE-532 in another place.',
  mustBeSeenBy: ['telemetry'],
  replacements: [
    {
      file: 'http/observe-requests.ts',
      pattern: "const route = request.routeOptions.url ?? 'unmatched';",
      replacement: 'const route = request.url;',
    },
  ],
} satisfies Mutant;

/** Every probe, and whether they cover every route that the service says it has. */
import http from 'k6/http';
import { countProbe } from '../probe-count.ts';
import { claimedRoleProbes } from './claimed-roles.ts';
import { foreignIdProbes } from './foreign-ids.ts';
import { hostileIdProbes } from './hostile-ids.ts';
import { hostileQueryProbes } from './hostile-queries.ts';
import { hostileRequestProbes } from './hostile-requests.ts';
import { loginProbes } from './logins.ts';
import { mixedTenantProbes } from './mixed-tenants.ts';
import { ownRowProbes } from './own-rows.ts';
import type { Probe } from './probe.ts';
import { roleProbes } from './roles.ts';
import { routes } from './routes.ts';
import { sessionProbes } from './sessions.ts';
import { sharedCacheProbes } from './shared-caches.ts';
import { sideChannelProbes } from './side-channels.ts';
import { tokenProbes } from './tokens.ts';

export const probes: readonly Probe[] = [
  ...foreignIdProbes(),
  ...hostileIdProbes(),
  ...hostileQueryProbes(),
  ...hostileRequestProbes(),
  ...ownRowProbes(),
  ...mixedTenantProbes(),
  ...sessionProbes(),
  ...loginProbes(),
  ...tokenProbes(),
  ...roleProbes(),
  ...claimedRoleProbes(),
  ...sharedCacheProbes(),
  ...sideChannelProbes(),
];

/** Probed by name in logins.ts, not by the table of routes. */
const LOGIN_ROUTES = ['POST /v1/auth/login', 'POST /v1/auth/logout'];

interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content?: Record<string, { schema?: { properties?: Record<string, unknown> } }> };
}

/** Ids that belong to no tenant: shared reference data. */
const SHARED_IDS = ['instrumentId'];

/**
 * Counts an undecided probe for each route or id of the OpenAPI document that no probe tries: a gap, and not a pass.
 */
export function checkCoverage(baseUrl: string): void {
  const answer = http.get(`${baseUrl}/openapi.json`, {
    responseType: 'text',
    tags: { endpoint: 'openapi', arm: '', tier: '' },
  });
  const gaps = answer.status === 200 ? findGaps(String(answer.body)) : [`no OpenAPI document, status ${answer.status}`];
  for (const gap of gaps)
    countProbe({ claim: 'SEC-ISO', probe: `not probed: ${gap}`, kind: 'probe' }, 'undecided', gap);
}

function findGaps(document: string): string[] {
  const { paths } = JSON.parse(document) as { paths: Record<string, Record<string, Operation>> };
  const probed = new Set(routes.map(({ name }) => name));
  return Object.entries(paths)
    .filter(([path]) => path.startsWith('/api/'))
    .flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, operation]) => {
        const name = `${method.toUpperCase()} ${path.slice('/api'.length).replaceAll('{id}', ':id')}`;
        return LOGIN_ROUTES.includes(name) ? [] : [name, ...idsOf(name, operation)];
      }),
    )
    .filter((name) => !probed.has(name));
}

/** What a table of routes has to have for the ids that a route takes in its query and its body. */
function idsOf(name: string, { parameters = [], requestBody }: Operation): string[] {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query').map((parameter) => parameter.name);
  const inBody = Object.keys(requestBody?.content?.['application/json']?.schema?.properties ?? {});
  const isId = (field: string): boolean => /Ids?$/.test(field) && !SHARED_IDS.includes(field);
  return [
    ...inQuery.filter(isId).map((field) => `${name} by ${field}`),
    ...inBody.filter(isId).map((field) => `${name} with ${field}`),
  ];
}

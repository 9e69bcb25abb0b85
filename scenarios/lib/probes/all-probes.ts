/** Every probe, and whether they cover every route that the service says it has. */
import http from 'k6/http';
import { countProbe } from '../probe-count.ts';
import { foreignIdProbes } from './foreign-ids.ts';
import { loginProbes } from './logins.ts';
import { mixedTenantProbes } from './mixed-tenants.ts';
import { ownRowProbes } from './own-rows.ts';
import type { Probe } from './probe.ts';
import { roleProbes } from './roles.ts';
import { routes } from './routes.ts';
import { sessionProbes } from './sessions.ts';
import { tokenProbes } from './tokens.ts';

export const probes: readonly Probe[] = [
  ...foreignIdProbes(),
  ...ownRowProbes(),
  ...mixedTenantProbes(),
  ...sessionProbes(),
  ...loginProbes(),
  ...tokenProbes(),
  ...roleProbes(),
];

/** Probed by name in logins.ts, not by the table of routes. */
const LOGIN_ROUTES = ['POST /v1/auth/login', 'POST /v1/auth/logout'];

interface Operation {
  parameters?: { name: string; in: string }[];
}

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
  const gaps: string[] = [];
  for (const [path, operations] of Object.entries(paths)) {
    if (!path.startsWith('/api/')) continue;
    for (const [method, { parameters = [] }] of Object.entries(operations)) {
      const name = `${method.toUpperCase()} ${path.slice('/api'.length).replaceAll('{id}', ':id')}`;
      if (LOGIN_ROUTES.includes(name)) continue;
      if (!routes.some((route) => route.name === name)) gaps.push(name);
      for (const { name: parameter, in: place } of parameters) {
        if (
          place === 'query' &&
          /Id$/.test(parameter) &&
          !routes.some((route) => route.name === `${name} by ${parameter}`)
        ) {
          gaps.push(`${name} by ${parameter}`);
        }
      }
    }
  }
  return gaps;
}

/** Rows of the isolation table as the probes of the isolation scenario name them. */
import type { Result } from '../../model/result.ts';

type ProbeRow = Result['isolation']['rows'][number];

const probes: readonly (readonly [string, string, number])[] = [
  ['SEC-ISO', 'response-tenant', 2270],
  ['SEC-ISO', 'foreign-id GET /portfolios/:id', 410],
  ['SEC-ISO', 'foreign-id GET /trades/:id', 410],
  ['SEC-ISO', 'foreign-id GET /signals/:id', 405],
  ['SEC-ISO', 'foreign-id POST /orders/:id/cancel', 405],
  ['SEC-ISO', 'foreign-id PUT /risk/limits/:id', 410],
  ['SEC-AUTHN', 'forged: signed with another key', 140],
  ['SEC-AUTHN', 'forged: algorithm none', 140],
  ['SEC-AUTHN', 'forged: tenant swapped', 140],
  ['SEC-AUTHN', 'expired', 140],
  ['SEC-AUTHN', 'no cookie', 140],
  ['SEC-AUTHN', 'bearer header instead of cookie', 140],
  ['SEC-AUTHZ', 'viewer POST /orders', 315],
  ['SEC-AUTHZ', 'viewer POST /users', 315],
  ['SEC-AUTHZ', 'trader PATCH /users/:id', 315],
  ['SEC-AUTHZ', 'trader PUT /risk/limits/:id', 315],
];

export const probeRows: ProbeRow[] = probes.map(([claim, probe, count]) => ({
  claim,
  probe,
  probes: count,
  leaks: 0,
  undecided: 0,
  controls: Math.round(count / 4),
  controlFailures: 0,
  examples: [],
}));

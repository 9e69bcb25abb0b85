/** Who may call what: every route under /api and the roles it is open to. A route that is not listed does not start. */
import type { Role } from './schemas/user.ts';

export type Access = readonly Role[] | 'public';

const everyone = ['viewer', 'trader', 'admin'] as const;
const traders = ['trader', 'admin'] as const;
const admins = ['admin'] as const;

export const routeAccess: Readonly<Record<string, Access>> = {
  'POST /api/v1/auth/login': 'public',
  'POST /api/v1/auth/logout': everyone,
  'GET /api/v1/portfolios': everyone,
  'POST /api/v1/portfolios': traders,
  'GET /api/v1/portfolios/:id': everyone,
  'GET /api/v1/portfolios/:id/positions': everyone,
  'PUT /api/v1/portfolios/:id/broker-credentials': admins,
  'GET /api/v1/portfolios/:id/broker-credentials': admins,
  'POST /api/v1/portfolios/:id/broker-credentials/sign': traders,
  'GET /api/v1/positions': everyone,
  'GET /api/v1/strategies': everyone,
  'GET /api/v1/signals': everyone,
  'GET /api/v1/signals/:id': everyone,
  'GET /api/v1/trades': everyone,
  'GET /api/v1/trades/:id': everyone,
  'GET /api/v2/trades': everyone,
  'POST /api/v1/orders': traders,
  'GET /api/v1/orders': everyone,
  'GET /api/v1/orders/:id': everyone,
  'POST /api/v1/orders/:id/cancel': traders,
  'GET /api/v1/risk/exposure': everyone,
  'GET /api/v1/risk/exposure/cached': everyone,
  'GET /api/v1/risk/limits': everyone,
  'PUT /api/v1/risk/limits/:id': admins,
  'GET /api/v1/quotes': everyone,
  'GET /api/v1/users': admins,
  'POST /api/v1/users': admins,
  'PATCH /api/v1/users/:id': admins,
  'GET /api/v1/audit-events': admins,
};

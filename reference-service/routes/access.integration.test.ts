/** Integration tests of every route with every role, without a session, and with ids of another tenant. */
import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { routeAccess } from '../access.ts';
import {
  call,
  errorCode,
  serviceUrl,
  sessionOf,
  tenantAt,
  type Answer,
  type CallOptions,
  type Role,
} from '../testing/api-client.ts';

const roles = ['viewer', 'trader', 'admin'] as const;
const routes = Object.entries(routeAccess).filter(([, access]) => access !== 'public');
const cookies: Partial<Record<Role, string>> = {};

beforeAll(async () => {
  for (const role of roles) cookies[role] = await sessionOf(tenantAt(0), role);
});

/** A request that would do nothing even where it is allowed: its body is empty, its id is nobody's. */
function harmless(route: string, cookie?: string): Promise<Answer> {
  const [method = '', path = ''] = route.split(' ');
  const options: CallOptions = {
    ...(method === 'GET' ? {} : { body: {} }),
    ...(cookie === undefined ? {} : { cookie }),
  };
  return call(method, path.replace(':id', randomUUID()), options);
}

describe('without a session', () => {
  it.each(routes.map(([route]) => route))('%s answers 401', async (route) => {
    const answer = await harmless(route);
    expect(answer.status).toBe(401);
    expect(errorCode(answer)).toBe('UNAUTHENTICATED');
  });
});

const withoutLogout = routes.filter(([route]) => !route.endsWith('logout'));
const pairs = withoutLogout.flatMap(([route, access]) =>
  roles.map((role) => ({ route, role, open: access.includes(role) })),
);

describe('a session of a role', () => {
  it.each(pairs)('$role on $route: open is $open', async ({ route, role, open }) => {
    const { status } = await harmless(route, cookies[role]);
    if (open) expect(status).not.toBe(403);
    else expect(status).toBe(403);
    expect(status).not.toBe(401);
    expect(status).toBeLessThan(500);
  });
});

const samples = tenantAt(1).samples;
const byId: [method: string, path: string, own: string, body?: object][] = [
  ['GET', '/api/v1/portfolios/:id', samples.portfolios[0] ?? ''],
  ['GET', '/api/v1/portfolios/:id/positions', samples.portfolios[0] ?? ''],
  ['GET', '/api/v1/portfolios/:id/broker-credentials', samples.portfolios[0] ?? ''],
  [
    'PUT',
    '/api/v1/portfolios/:id/broker-credentials',
    samples.portfolios[0] ?? '',
    { broker: 'b', accountNumber: '12345678', apiKey: '12345678', apiSecret: '12345678' },
  ],
  ['POST', '/api/v1/portfolios/:id/broker-credentials/sign', samples.portfolios[0] ?? '', { payload: 'x' }],
  ['GET', '/api/v1/signals/:id', samples.signals[0] ?? ''],
  ['GET', '/api/v1/trades/:id', samples.trades[0] ?? ''],
  ['GET', '/api/v1/orders/:id', samples.orders[0] ?? ''],
  ['POST', '/api/v1/orders/:id/cancel', samples.orders[0] ?? ''],
  ['PUT', '/api/v1/risk/limits/:id', samples.riskLimits[0] ?? '', { limitValue: '1.00' }],
  ['PATCH', '/api/v1/users/:id', tenantAt(1).users.find(({ role }) => role === 'viewer')?.id ?? '', { active: true }],
];

describe('an id', () => {
  it.each(byId)(
    '%s %s: another tenant’s is answered like one that does not exist',
    async (method, path, foreign, body) => {
      const ask = (id: string) =>
        call(method, path.replace(':id', id), {
          cookie: cookies.admin ?? '',
          ...(body === undefined ? {} : { body }),
        });
      const withoutRequestId = ({ status, text }: Answer) => ({
        status,
        text: text.replace(/"requestId":"[^"]*"/, ''),
      });
      const answer = await ask(foreign);
      expect(answer.status).toBe(404);
      expect(withoutRequestId(answer)).toEqual(withoutRequestId(await ask(randomUUID())));
    },
  );

  it('that is none is a bad request', async () => {
    const answer = await call('GET', "/api/v1/trades/'--", { cookie: cookies.admin ?? '' });
    expect(answer.status).toBe(400);
  });

  it.each([
    ['/api/v1/positions?portfolioId=', samples.portfolios[0]],
    ['/api/v1/trades?portfolioId=', samples.portfolios[0]],
    ['/api/v1/signals?strategyId=', samples.strategies[0]],
  ])('of another tenant in the filter %s finds nothing', async (path, id) => {
    const { status, body } = await call('GET', `${path}${id}`, { cookie: cookies.viewer ?? '' });
    expect(status).toBe(200);
    expect(body).toEqual({ items: [], nextCursor: null });
  });
});

describe('the API document', () => {
  it('lists every route with its roles, and no other under /api', async () => {
    const { body } = await call('GET', '/openapi.json');
    const operation = z.object({ 'x-roles': z.array(z.string()) });
    const { paths } = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) }).parse(body);
    const documented = Object.entries(paths)
      .filter(([path]) => path.startsWith('/api/'))
      .flatMap(([path, verbs]) =>
        Object.entries(verbs).map(([verb, of]) => [
          `${verb.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
          operation.parse(of)['x-roles'],
        ]),
      );
    const declared = Object.entries(routeAccess).map(([route, access]) => [
      route,
      access === 'public' ? [] : [...access],
    ]);
    expect(new Map(documented as [string, string[]][])).toEqual(new Map(declared as [string, string[]][]));
  });
});

describe('every answer', () => {
  it('has the headers that keep it from caches, frames and guesses, and its request id', async () => {
    const { headers } = await call('GET', '/api/v1/trades', { cookie: cookies.viewer ?? '' });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const named = await call('GET', '/healthz', { headers: { 'x-request-id': 'caller-0123' } });
    expect(named.headers.get('x-request-id')).toBe('caller-0123');
  });

  it.each([
    ['a change that a browser says comes from another site', 403, { 'sec-fetch-site': 'cross-site' }, '{}'],
    ['a form', 415, { 'content-type': 'application/x-www-form-urlencoded' }, 'a=b'],
    ['plain text', 415, { 'content-type': 'text/plain' }, '{}'],
    ['broken JSON', 400, {}, '{"a":'],
    ['a prototype in JSON', 400, {}, '{"__proto__":{"role":"admin"}}'],
    ['a body beyond the limit', 413, {}, JSON.stringify({ note: 'x'.repeat(100_000) })],
  ])('refuses %s', async (_what, status, headers, body) => {
    const response = await fetch(`${serviceUrl()}/api/v1/portfolios`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: cookies.trader ?? '', ...headers },
      body,
    });
    expect(response.status).toBe(status);
  });
});

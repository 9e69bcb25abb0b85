/** Attacks on who may see and do what: other tenants' ids in every place, and roles. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { call, cookieOf, errorCode, itemsOf, logIn, type Answer, type SeededTenant } from '../testing/api-client.ts';
import { as, idOf, mine, theirs, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { everyService } from './testing/every-service.ts';
import { newUser, userWith } from './testing/new-user.ts';
import { rowOf, rowsOf } from './testing/owner-view.ts';

const attack = attacksOf('A01');

/** Somebody else's row is answered like one that does not exist, and with nothing of that tenant. */
function expectNotThere(answer: Answer): void {
  expect(answer.status).toBe(404);
  expect(errorCode(answer)).toBe('NOT_FOUND');
  expect(answer.text).not.toContain(theirs.canary);
}

async function read(path: string): Promise<Answer> {
  return call('GET', path, { cookie: await as(mine, 'admin') });
}

const portfolioNamed = (name: string) => ({ name, baseCurrency: 'EUR' });

function order(note = 'x'): { body: object; headers: Record<string, string> } {
  const terms = { instrumentId: 1, side: 'buy', type: 'market', quantity: '1' };
  return {
    body: { portfolioId: idOf(mine, 'portfolios'), ...terms, note },
    headers: { 'idempotency-key': randomUUID() },
  };
}

/** What each list has for a portfolio and a strategy of that tenant, asked for with that cookie. */
async function filtered(tenant: SeededTenant, cookie: string, url: string): Promise<unknown[]> {
  const own = await as(tenant, 'viewer');
  const fieldOf = async (kind: 'trades' | 'signals', field: string): Promise<string> =>
    String((await call('GET', `/api/v1/${kind}/${idOf(tenant, kind)}`, { cookie: own })).body[field]);
  const portfolio = await fieldOf('trades', 'portfolioId');
  const strategy = await fieldOf('signals', 'strategyId');
  const ask = (path: string) => call('GET', path, { cookie, url });
  return [
    itemsOf(await ask(`/api/v1/positions?portfolioId=${portfolio}`)),
    itemsOf(await ask(`/api/v1/trades?portfolioId=${portfolio}`)),
    itemsOf(await ask(`/api/v1/signals?strategyId=${strategy}`)),
    (await ask(`/api/v2/trades?portfolioId=${portfolio}`)).body['data'],
  ];
}

/** Whatever else the request names: it reads of the tenant of its session. */
async function expectStillMine(cookie: string, headers: Record<string, string>): Promise<void> {
  const exposure = await call('GET', '/api/v1/risk/exposure', { cookie, headers });
  expect([exposure.status, exposure.body['tenantId']]).toEqual([200, mine.id]);
  const trades = await call('GET', '/api/v1/trades?limit=200', { cookie, headers });
  expect(new Set(itemsOf(trades).map(({ tenantId }) => tenantId))).toEqual(new Set([mine.id]));
  expect(trades.text).toContain(mine.canary);
  expect(trades.text).not.toContain(theirs.canary);
}

const pathsOf = (tenant: SeededTenant): string[] => [
  `/api/v1/portfolios/${idOf(tenant, 'portfolios')}`,
  `/api/v1/portfolios/${idOf(tenant, 'portfolios')}/positions`,
  `/api/v1/trades/${idOf(tenant, 'trades')}`,
  `/api/v1/signals/${idOf(tenant, 'signals')}`,
  `/api/v1/orders/${idOf(tenant, 'orders')}`,
];

/** What each service answers to the tenant's administrator. */
async function answersTo(paths: string[], tenant: SeededTenant): Promise<Answer[]> {
  const cookie = await as(tenant, 'admin');
  return Promise.all(paths.flatMap((path) => everyService().map((url) => call('GET', path, { cookie, url }))));
}

attack('another tenant’s ids in the path of every kind of row', {
  async control() {
    for (const tenant of [mine, theirs]) {
      for (const answer of await answersTo(pathsOf(tenant), tenant)) expect(answer.status).toBe(200);
    }
  },
  async attack() {
    for (const answer of await answersTo(pathsOf(theirs), mine)) expectNotThere(answer);
  },
});

attack('another tenant’s ids in the filters of lists, in both versions', {
  async control() {
    for (const tenant of [mine, theirs]) {
      for (const url of everyService()) {
        for (const rows of await filtered(tenant, await as(tenant, 'viewer'), url)) expect(rows, url).not.toEqual([]);
      }
    }
  },
  async attack() {
    for (const url of everyService()) {
      for (const rows of await filtered(theirs, await as(mine, 'admin'), url)) expect(rows, url).toEqual([]);
    }
  },
});

attack('another tenant named in headers, cookies and the query', {
  async control() {
    const own = await call('GET', '/api/v1/risk/exposure', { cookie: await as(theirs, 'viewer') });
    expect(own.body['tenantId']).toBe(theirs.id);
  },
  async attack() {
    const cookie = await as(mine, 'viewer');
    const names = ['x-tenant-id', 'x-tenant', 'tenant', 'x-organization-id', 'x-forwarded-tenant', 'x-account-id'];
    for (const value of [theirs.id, theirs.slug]) {
      const tossed = `${cookie}; tenantId=${value}; tenant_id=${value}; tenant=${value}`;
      await expectStillMine(tossed, Object.fromEntries(names.map((name) => [name, value])));
    }
    expect((await read(`/api/v1/trades?tenantId=${theirs.id}`)).status).toBe(400);
    expect((await read(`/api/v1/trades?tenant_id=${theirs.id}`)).status).toBe(400);
  },
});

attack('another user named in headers and cookies: of the other tenant, and of one’s own', {
  async control() {
    expect((await call('GET', '/api/v1/users', { cookie: await as(theirs, 'admin') })).status).toBe(200);
    expect((await call('GET', '/api/v1/users', { cookie: await as(mine, 'admin') })).status).toBe(200);
  },
  async attack() {
    const cookie = await as(mine, 'viewer');
    const names = ['x-user-id', 'x-user', 'x-forwarded-user', 'x-remote-user', 'remote-user', 'x-authenticated-user'];
    const also = ['x-auth-user', 'x-impersonate-user', 'x-on-behalf-of', 'x-original-user', 'x-userinfo', 'x-email'];
    for (const { id, email } of [userOf(theirs, 'admin'), userOf(mine, 'admin')]) {
      for (const value of [id, email]) {
        const headers = Object.fromEntries([...names, ...also].map((name) => [name, value]));
        const tossed = `${cookie}; userId=${value}; user_id=${value}; user=${value}`;
        expect((await call('GET', '/api/v1/users', { cookie: tossed, headers })).status, value).toBe(403);
        await expectStillMine(tossed, headers);
      }
    }
  },
});

attack('a role named in headers and cookies', {
  async control() {
    expect((await read('/api/v1/users')).status).toBe(200);
  },
  async attack() {
    const names = ['x-role', 'x-user-role', 'x-roles', 'x-admin', 'x-is-admin', 'x-authenticated-role', 'x-scope'];
    for (const value of ['admin', 'true', '["admin"]']) {
      const headers = Object.fromEntries(names.map((name) => [name, value]));
      const cookie = `${await as(mine, 'viewer')}; role=${value}; isAdmin=${value}`;
      expect((await call('GET', '/api/v1/users', { cookie, headers })).status, value).toBe(403);
    }
  },
});

attack('a trader who makes himself an administrator', {
  async control() {
    const { path, row } = await newUser(mine);
    const options = { cookie: await as(mine, 'admin'), body: { role: 'admin' } };
    expect((await call('PATCH', path, options)).status).toBe(200);
    expect(await rowOf(mine, 'users', row['id'])).toMatchObject({ role: 'admin' });
  },
  async attack() {
    const { path, row, login } = await newUser(mine, 'trader');
    const cookie = cookieOf(await logIn(login));
    expect((await call('PATCH', path, { cookie, body: { role: 'admin' } })).status).toBe(403);
    expect(await rowOf(mine, 'users', row['id'])).toEqual(row);
    const newcomer = userWith({ role: 'admin' });
    expect((await call('POST', '/api/v1/users', { cookie, body: newcomer })).status).toBe(403);
    expect((await rowsOf(mine, 'users')).map(({ email }) => email)).not.toContain(newcomer.email);
  },
});

attack('a viewer who writes, a trader who reads the audit log', {
  async control() {
    const cookie = await as(mine, 'trader');
    const portfolio = await call('POST', '/api/v1/portfolios', { cookie, body: portfolioNamed(randomUUID()) });
    expect(portfolio.status).toBe(201);
    expect((await rowsOf(mine, 'portfolios')).map(({ id }) => id)).toContain(portfolio.body['id']);
    expect((await call('POST', '/api/v1/orders', { cookie, ...order() })).status).toBe(201);
    expect((await read('/api/v1/audit-events')).status).toBe(200);
  },
  async attack() {
    const cookie = await as(mine, 'viewer');
    const placed = await call('POST', '/api/v1/orders', { cookie: await as(mine, 'trader'), ...order() });
    const cancelled = await call('POST', `/api/v1/orders/${String(placed.body['id'])}/cancel`, { cookie });
    expect([placed.status, cancelled.status]).toEqual([201, 403]);
    expect(await rowOf(mine, 'orders', placed.body['id'])).toEqual(placed.body);
    const name = randomUUID();
    expect((await call('POST', '/api/v1/portfolios', { cookie, body: portfolioNamed(name) })).status).toBe(403);
    expect((await rowsOf(mine, 'portfolios')).filter((portfolio) => portfolio['name'] === name)).toEqual([]);
    expect((await call('POST', '/api/v1/orders', { cookie, ...order(name) })).status).toBe(403);
    expect((await rowsOf(mine, 'orders')).filter(({ note }) => note === name)).toEqual([]);
    expect((await call('GET', '/api/v1/audit-events', { cookie: await as(mine, 'trader') })).status).toBe(403);
  },
});

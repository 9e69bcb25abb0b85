/** Attacks on who may see and do what: other tenants' ids in every place, roles, methods and paths. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { call, errorCode, itemsOf, type Answer } from '../testing/api-client.ts';
import { as, idOf, mine, theirs, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { requestRaw } from './testing/raw-request.ts';

const attack = attacksOf('A01');

const credentials = { broker: 'b', accountNumber: '12345678', apiKey: '12345678', apiSecret: '12345678' };

/** Somebody else's row is answered like one that does not exist, and with nothing of that tenant. */
function expectNotThere(answer: Answer): void {
  expect(answer.status).toBe(404);
  expect(errorCode(answer)).toBe('NOT_FOUND');
  expect(answer.text).not.toContain(theirs.canary);
}

async function read(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return call('GET', path, { cookie: await as(mine, 'admin'), headers });
}

async function order(changes: object = {}, key: string = randomUUID()): Promise<Answer> {
  const body = { portfolioId: idOf(mine, 'portfolios'), instrumentId: 1, side: 'buy', type: 'market', quantity: '1' };
  const headers = { 'idempotency-key': key };
  return call('POST', '/api/v1/orders', { cookie: await as(mine, 'trader'), body: { ...body, ...changes }, headers });
}

attack('another tenant’s ids in the path of every kind of row', {
  async control() {
    expect((await read(`/api/v1/portfolios/${idOf(mine, 'portfolios')}`)).status).toBe(200);
    expect((await read(`/api/v1/trades/${idOf(mine, 'trades')}`)).status).toBe(200);
    expect((await read(`/api/v1/signals/${idOf(mine, 'signals')}`)).status).toBe(200);
    expect((await read(`/api/v1/orders/${idOf(mine, 'orders')}`)).status).toBe(200);
  },
  async attack() {
    expectNotThere(await read(`/api/v1/portfolios/${idOf(theirs, 'portfolios')}`));
    expectNotThere(await read(`/api/v1/portfolios/${idOf(theirs, 'portfolios')}/positions`));
    expectNotThere(await read(`/api/v1/trades/${idOf(theirs, 'trades')}`));
    expectNotThere(await read(`/api/v1/signals/${idOf(theirs, 'signals')}`));
    expectNotThere(await read(`/api/v1/orders/${idOf(theirs, 'orders')}`));
  },
});

attack('another tenant’s order cancelled by its id', {
  async control() {
    const { body } = await order();
    const cookie = await as(mine, 'trader');
    expect((await call('POST', `/api/v1/orders/${String(body['id'])}/cancel`, { cookie })).status).toBe(200);
  },
  async attack() {
    const cookie = await as(mine, 'trader');
    expectNotThere(await call('POST', `/api/v1/orders/${idOf(theirs, 'orders')}/cancel`, { cookie }));
  },
});

attack('another tenant’s risk limit changed by its id', {
  async control() {
    const options = { cookie: await as(mine, 'admin'), body: { limitValue: '5.00' } };
    expect((await call('PUT', `/api/v1/risk/limits/${idOf(mine, 'riskLimits')}`, options)).status).toBe(200);
  },
  async attack() {
    const options = { cookie: await as(mine, 'admin'), body: { limitValue: '6.00' } };
    expectNotThere(await call('PUT', `/api/v1/risk/limits/${idOf(theirs, 'riskLimits')}`, options));
    const own = await call('GET', '/api/v1/risk/limits?limit=200', { cookie: await as(theirs, 'viewer') });
    expect(itemsOf(own).map(({ limitValue }) => limitValue)).not.toContain('6.00');
  },
});

attack('another tenant’s user raised to administrator', {
  async control() {
    const options = { cookie: await as(mine, 'admin'), body: { role: 'admin' } };
    expect((await call('PATCH', `/api/v1/users/${userOf(mine, 'admin').id}`, options)).status).toBe(200);
  },
  async attack() {
    const options = { cookie: await as(mine, 'admin'), body: { role: 'admin' } };
    expectNotThere(await call('PATCH', `/api/v1/users/${userOf(theirs, 'viewer').id}`, options));
  },
});

attack('another tenant’s broker credentials written, read and used', {
  async control() {
    const path = `/api/v1/portfolios/${idOf(mine, 'portfolios')}/broker-credentials`;
    expect((await call('PUT', path, { cookie: await as(mine, 'admin'), body: credentials })).status).toBe(204);
    expect((await read(path)).status).toBe(200);
  },
  async attack() {
    const path = `/api/v1/portfolios/${idOf(theirs, 'portfolios')}/broker-credentials`;
    const cookie = await as(mine, 'admin');
    expectNotThere(await call('PUT', path, { cookie, body: credentials }));
    expectNotThere(await read(path));
    expectNotThere(await call('POST', `${path}/sign`, { cookie, body: { payload: 'x' } }));
  },
});

attack('another tenant’s portfolio and strategy in the body of an order', {
  async control() {
    expect((await order({ strategyId: idOf(mine, 'strategies') })).status).toBe(201);
  },
  async attack() {
    expectNotThere(await order({ portfolioId: idOf(theirs, 'portfolios') }));
    expectNotThere(await order({ strategyId: idOf(theirs, 'strategies') }));
  },
});

attack('another tenant’s ids in the filters of lists, in both versions', {
  async control() {
    expect(itemsOf(await read(`/api/v1/positions?portfolioId=${idOf(mine, 'portfolios')}`))).not.toEqual([]);
  },
  async attack() {
    const portfolio = idOf(theirs, 'portfolios');
    expect(itemsOf(await read(`/api/v1/positions?portfolioId=${portfolio}`))).toEqual([]);
    expect(itemsOf(await read(`/api/v1/trades?portfolioId=${portfolio}`))).toEqual([]);
    expect(itemsOf(await read(`/api/v1/signals?strategyId=${idOf(theirs, 'strategies')}`))).toEqual([]);
    expect((await read(`/api/v2/trades?portfolioId=${portfolio}`)).body['data']).toEqual([]);
  },
});

attack('another tenant named in headers, cookies and the query', {
  async control() {
    expect((await call('GET', '/api/v1/risk/exposure', { cookie: await as(theirs, 'viewer') })).text).toContain(
      theirs.id,
    );
  },
  async attack() {
    const cookie = await as(mine, 'viewer');
    const names = ['x-tenant-id', 'x-tenant', 'tenant', 'x-organization-id', 'x-forwarded-tenant', 'x-user-id'];
    const headers = Object.fromEntries(names.map((name) => [name, theirs.id]));
    const tossed = { cookie: `${cookie}; tenantId=${theirs.id}; tenant=${theirs.slug}`, headers };
    expect((await call('GET', '/api/v1/risk/exposure', tossed)).body['tenantId']).toBe(mine.id);
    expect((await read(`/api/v1/trades?tenantId=${theirs.id}`)).status).toBe(400);
    expect((await read(`/api/v1/trades?tenant_id=${theirs.id}`)).status).toBe(400);
  },
});

attack('a role named in headers and cookies', {
  async control() {
    expect((await read('/api/v1/users')).status).toBe(200);
  },
  async attack() {
    const names = ['x-role', 'x-user-role', 'x-roles', 'x-admin', 'x-forwarded-user', 'x-authenticated-role'];
    const headers = Object.fromEntries(names.map((name) => [name, 'admin']));
    const cookie = `${await as(mine, 'viewer')}; role=admin; isAdmin=true`;
    expect((await call('GET', '/api/v1/users', { cookie, headers })).status).toBe(403);
  },
});

attack('a trader who makes himself an administrator', {
  async control() {
    const options = { cookie: await as(mine, 'admin'), body: { active: true } };
    expect((await call('PATCH', `/api/v1/users/${userOf(mine, 'trader').id}`, options)).status).toBe(200);
  },
  async attack() {
    const cookie = await as(mine, 'trader');
    const { id } = userOf(mine, 'trader');
    expect((await call('PATCH', `/api/v1/users/${id}`, { cookie, body: { role: 'admin' } })).status).toBe(403);
    const newcomer = { email: 'x@test.example', displayName: 'X', role: 'admin', password: 'a long enough password' };
    expect((await call('POST', '/api/v1/users', { cookie, body: newcomer })).status).toBe(403);
  },
});

attack('a viewer who writes, a trader who reads the audit log', {
  async control() {
    expect((await order()).status).toBe(201);
    expect((await read('/api/v1/audit-events')).status).toBe(200);
  },
  async attack() {
    const viewer = { cookie: await as(mine, 'viewer') };
    expect((await call('POST', '/api/v1/portfolios', { ...viewer, body: {} })).status).toBe(403);
    expect((await call('POST', '/api/v1/orders', { ...viewer, body: {} })).status).toBe(403);
    expect((await call('POST', `/api/v1/orders/${idOf(mine, 'orders')}/cancel`, viewer)).status).toBe(403);
    expect((await call('GET', '/api/v1/audit-events', { cookie: await as(mine, 'trader') })).status).toBe(403);
  },
});

attack('spellings of a path that might slip past the check', {
  async control() {
    expect((await requestRaw('GET', '/api/v1/trades', { headers: { cookie: await as(mine, 'viewer') } })).status).toBe(
      200,
    );
  },
  async attack() {
    const spellings = ['//api/v1/trades', '/api/v1/trades/', '/API/V1/trades', '/api/v1/./trades', '/api//v1/trades'];
    const encoded = [
      '/api/v1/%74rades',
      '/%61pi/v1/trades',
      '/api%2fv1%2ftrades',
      '/api/v1/trades%00',
      '/api/v1/trades%20',
    ];
    const tricks = [
      '/healthz/../api/v1/trades',
      '/api/v1/trades;role=admin',
      '/healthz/..;/api/v1/trades',
      '/api\\v1\\trades',
    ];
    const absolute = ['http://localhost/api/v1/trades', '/api/v1/trades#', '/api/v1/trades?.json', '/api/v3/trades'];
    for (const path of [...spellings, ...encoded, ...tricks, ...absolute]) {
      const { status, text } = await requestRaw('GET', path);
      expect([400, 401, 404], path).toContain(status);
      expect(text, path).not.toContain(mine.canary);
    }
  },
});

attack('another method named beside the real one', {
  async control() {
    expect((await call('POST', '/api/v1/portfolios', { cookie: await as(mine, 'viewer'), body: {} })).status).toBe(403);
  },
  async attack() {
    const cookie = await as(mine, 'admin');
    const headers = { 'x-http-method-override': 'POST', 'x-http-method': 'POST', 'x-method-override': 'POST' };
    const body = { name: 'override', baseCurrency: 'EUR' };
    expect((await call('GET', '/api/v1/portfolios', { cookie, headers })).status).toBe(200);
    const path = `/api/v1/users/${userOf(mine, 'viewer').id}`;
    expect((await call('GET', path, { cookie, headers: { 'x-http-method-override': 'PATCH' } })).status).toBe(404);
    expect((await call('POST', '/api/v1/portfolios?_method=GET', { body })).status).toBe(401);
    expect((await read('/api/v1/portfolios?_method=POST')).status).toBe(400);
  },
});

attack('methods that are not the route’s', {
  async control() {
    expect((await read('/api/v1/audit-events')).status).toBe(200);
  },
  async attack() {
    const headers = { cookie: await as(mine, 'admin') };
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY']) {
      const answer = await requestRaw(method, '/api/v1/audit-events', { headers });
      expect([400, 404], method).toContain(answer.status);
      expect(answer.text, method).not.toContain('alphapulse_session');
    }
  },
});

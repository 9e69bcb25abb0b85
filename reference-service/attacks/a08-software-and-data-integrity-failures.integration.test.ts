/** Attacks on data that is taken as it comes: fields too many (CWE-915), prototypes (CWE-1321), keys, stored rows. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { connectAsAdmin, type AdminDatabase } from '../testing/admin-database.ts';
import { call, errorCode, itemsOf, serviceUrl, type Answer } from '../testing/api-client.ts';
import { as, idOf, mine, theirs, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { everyService } from './testing/every-service.ts';
import { rowOf } from './testing/owner-view.ts';

const attack = attacksOf('A08');
let database: AdminDatabase;
let asService: AdminDatabase;

beforeAll(async () => {
  database = await connectAsAdmin();
  asService = await connectAsAdmin({ role: inject('system').postgres.appUser });
});
afterAll(() => Promise.all([database.end(), asService.end()]));

const plainOrder = {
  portfolioId: idOf(mine, 'portfolios'),
  instrumentId: 1,
  side: 'buy',
  type: 'market',
  quantity: '1',
};

async function order(
  changes: object = {},
  key: string = randomUUID(),
  { who = as(mine, 'trader'), url = serviceUrl() } = {},
): Promise<Answer> {
  const headers = { 'idempotency-key': key };
  return call('POST', '/api/v1/orders', { url, cookie: await who, body: { ...plainOrder, ...changes }, headers });
}

/** Refused for that field, and for no other mistake. */
function expectUnknownField(answer: Answer, field: string): void {
  expect(answer.status, field).toBe(400);
  expect(errorCode(answer)).toBe('VALIDATION_FAILED');
  expect(answer.text).toContain(`request: Unrecognized key: \\"${field}\\"`);
}

/** A body exactly as it is: JSON.stringify would leave a prototype out. */
async function send(path: string, body: string): Promise<number> {
  const headers = { 'content-type': 'application/json', cookie: await as(mine, 'admin') };
  return (await fetch(`${serviceUrl()}${path}`, { method: 'POST', headers, body })).status;
}

const read = async (path: string): Promise<Answer> => call('GET', path, { cookie: await as(mine, 'admin') });

attack('fields of an order that the service sets itself', {
  async control() {
    const { status, body } = await order();
    expect(status).toBe(201);
    expect(body).toMatchObject({ tenantId: mine.id, createdBy: userOf(mine, 'trader').id, status: 'new' });
  },
  async attack() {
    const own = {
      id: randomUUID(),
      status: 'filled',
      createdBy: userOf(theirs, 'trader').id,
      createdAt: '2020-01-01T00:00:00Z',
    };
    const fields = { ...own, tenantId: theirs.id, tenant_id: theirs.id, idempotencyKey: 'x', updatedAt: null };
    for (const [name, value] of Object.entries(fields)) expectUnknownField(await order({ [name]: value }), name);
  },
});

attack('fields of a user that the service sets itself', {
  async control() {
    const body = {
      email: `${randomUUID()}@test.example`,
      displayName: 'T',
      role: 'viewer',
      password: 'a long enough password',
    };
    const answer = await call('POST', '/api/v1/users', { cookie: await as(mine, 'admin'), body });
    expect([answer.status, answer.body['tenantId']]).toEqual([201, mine.id]);
  },
  async attack() {
    const cookie = await as(mine, 'admin');
    const body = {
      email: `${randomUUID()}@test.example`,
      displayName: 'T',
      role: 'viewer',
      password: 'a long enough password',
    };
    for (const field of ['id', 'tenantId', 'tenant_id', 'passwordHash', 'active', 'createdAt', 'isAdmin']) {
      const answer = await call('POST', '/api/v1/users', { cookie, body: { ...body, [field]: theirs.id } });
      expectUnknownField(answer, field);
    }
    const path = `/api/v1/users/${userOf(mine, 'viewer').id}`;
    for (const field of ['id', 'tenantId', 'email', 'password', 'passwordHash']) {
      const answer = await call('PATCH', path, { cookie, body: { active: true, [field]: theirs.id } });
      expectUnknownField(answer, field);
    }
  },
});

attack('fields of a risk limit and a portfolio that are not the caller’s', {
  async control() {
    const options = { cookie: await as(mine, 'admin'), body: { limitValue: '9.00' } };
    expect((await call('PUT', `/api/v1/risk/limits/${idOf(mine, 'riskLimits')}`, options)).status).toBe(200);
  },
  async attack() {
    const cookie = await as(mine, 'admin');
    for (const field of ['tenantId', 'id', 'portfolioId', 'kind', 'updatedAt']) {
      const limit = { limitValue: '9.00', [field]: theirs.id };
      const path = `/api/v1/risk/limits/${idOf(mine, 'riskLimits')}`;
      expectUnknownField(await call('PUT', path, { cookie, body: limit }), field);
      const portfolio = { name: 'x', baseCurrency: 'EUR', [field]: theirs.id };
      expectUnknownField(await call('POST', '/api/v1/portfolios', { cookie, body: portfolio }), field);
    }
  },
});

attack('a prototype in JSON, at every depth', {
  async control() {
    expect(await send('/api/v1/portfolios', '{"name":"x","baseCurrency":"EUR"}')).toBe(201);
  },
  async attack() {
    const bodies = [
      '{"__proto__":{"role":"admin"},"name":"x","baseCurrency":"EUR"}',
      '{"name":"x","baseCurrency":"EUR","constructor":{"prototype":{"role":"admin"}}}',
      '{"name":"x","baseCurrency":"EUR","a":{"__proto__":{"polluted":true}}}',
      '{"\\u005f_proto__":{"polluted":true},"name":"x","baseCurrency":"EUR"}',
      '[{"__proto__":{"polluted":true}}]',
    ];
    for (const body of bodies) expect(await send('/api/v1/portfolios', body), body).toBe(400);
    const { body } = await read('/api/v1/portfolios?limit=1');
    expect(Object.keys(body).sort()).toEqual(['items', 'nextCursor']);
  },
});

attack('a prototype in the query', {
  async control() {
    const placed = await Promise.all(Array.from({ length: 51 }, () => order()));
    expect(placed.filter(({ status }) => status === 201)).toHaveLength(51);
    expect(itemsOf(await read('/api/v1/orders?limit=51'))).toHaveLength(51);
  },
  async attack() {
    for (const name of [
      '__proto__',
      '__proto__[limit]',
      'constructor',
      'constructor[prototype][limit]',
      'toString',
      'hasOwnProperty',
    ]) {
      expect((await read(`/api/v1/orders?${encodeURIComponent(name)}=200`)).status, name).toBe(400);
    }
    expect(itemsOf(await read('/api/v1/orders')), 'the default limit').toHaveLength(50);
  },
});

attack('an idempotency key that another tenant has used', {
  async control() {
    const key = randomUUID();
    const [first, again] = [await order({}, key), await order({}, key)];
    expect([first.status, again.status, again.body['id']]).toEqual([201, 200, first.body['id']]);
  },
  async attack() {
    const body = { portfolioId: idOf(theirs, 'portfolios'), note: theirs.canary };
    for (const url of everyService()) {
      const key = randomUUID();
      const other = await order(body, key, { who: as(theirs, 'trader') });
      const own = await order({}, key, { url });
      expect([other.status, own.status], url).toEqual([201, 201]);
      expect(own.body['id']).not.toBe(other.body['id']);
      expect(own.text).not.toContain(theirs.canary);
      expect(await rowOf(theirs, 'orders', other.body['id'])).toEqual(other.body);
      expect(await rowOf(mine, 'orders', own.body['id'])).toEqual(own.body);
    }
  },
});

attack('an idempotency key used again for another order, or by another user', {
  async control() {
    const key = randomUUID();
    await order({ quantity: '1' }, key);
    expect((await order({ quantity: '1.0' }, key)).status).toBe(200);
  },
  async attack() {
    const key = randomUUID();
    const first = await order({}, key);
    expect(first.status).toBe(201);
    for (const change of [{ quantity: '2' }, { side: 'sell' }, { instrumentId: 2 }, { note: 'x' }]) {
      expect(errorCode(await order(change, key))).toBe('IDEMPOTENCY_KEY_REUSED');
    }
    expect((await order({}, key, { who: as(mine, 'admin') })).status).toBe(409);
    expect(await rowOf(mine, 'orders', first.body['id'])).toEqual(first.body);
    for (const odd of ['', 'short', 'x'.repeat(65), 'with space', 'a,b '.repeat(3)])
      expect((await order({}, odd)).status).toBe(400);
  },
});

attack('the audit log rewritten with the service’s own rights', {
  async control() {
    await asService.query(`select set_config('app.tenant_id', $1, false)`, [mine.id]);
    expect(await asService.query('select id from audit_events limit 1')).toHaveLength(1);
  },
  async attack() {
    for (const text of [`update audit_events set action = 'x'`, 'delete from audit_events', 'truncate audit_events']) {
      await expect(asService.query(text), text).rejects.toMatchObject({ code: '42501' });
    }
    for (const [method, path] of [
      ['DELETE', '/api/v1/audit-events'],
      ['PATCH', '/api/v1/audit-events/1'],
      ['POST', '/api/v1/audit-events'],
    ] as const) {
      expect((await call(method, path, { cookie: await as(mine, 'admin'), body: {} })).status).toBe(404);
    }
  },
});

attack('a ciphertext moved into a row that it was not made for', {
  async control() {
    const path = `/api/v1/portfolios/${idOf(mine, 'portfolios')}/broker-credentials`;
    const body = { broker: 'b', accountNumber: 'DE0012345678', apiKey: 'k-12345678', apiSecret: 's-12345678' };
    expect((await call('PUT', path, { cookie: await as(mine, 'admin'), body })).status).toBe(204);
    expect((await read(path)).body['accountNumber']).toBe('********5678');
  },
  async attack() {
    const created = await call('POST', '/api/v1/portfolios', {
      cookie: await as(mine, 'admin'),
      body: { name: 'moved', baseCurrency: 'EUR' },
    });
    const path = `/api/v1/portfolios/${String(created.body['id'])}/broker-credentials`;
    const body = { broker: 'b', accountNumber: 'DE0087654321', apiKey: 'k-87654321', apiSecret: 's-87654321' };
    expect((await call('PUT', path, { cookie: await as(mine, 'admin'), body })).status).toBe(204);
    expect((await read(path)).body['accountNumber'], 'its own').toBe('********4321');
    const move = `update portfolios set broker_account_ciphertext =
      (select broker_account_ciphertext from portfolios where id = $2) where id = $1`;
    await database.query(move, [created.body['id'], idOf(mine, 'portfolios')]);
    const answer = await read(path);
    // Digits of the request's random id may be these four, too.
    const text = answer.text.replace(/"requestId":"[^"]*"/, '');
    expect([answer.status, text.includes('5678')]).toEqual([503, false]);
  },
});

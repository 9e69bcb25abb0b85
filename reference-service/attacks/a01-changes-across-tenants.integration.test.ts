/**
 * Attacks that change or use another tenant's rows. Each is judged by what the owner reads afterwards: a service may well
 * refuse what it has already done. At every service: what the policy holds back in one is left to the queries in the others.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import {
  call,
  cookieOf,
  errorCode,
  logIn,
  serviceUrl,
  type Answer,
  type CallOptions,
  type SeededTenant,
} from '../testing/api-client.ts';
import { as, idOf, mine, theirs } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { everyService } from './testing/every-service.ts';
import { newUser } from './testing/new-user.ts';
import { rowOf, rowsOf } from './testing/owner-view.ts';

const attack = attacksOf('A01');

/** What the tenant's audit log says that users of the attacker's tenant did. */
async function deedsIn(tenant: SeededTenant): Promise<unknown[]> {
  const attackers = mine.users.map(({ id }) => id);
  const events = await rowsOf(tenant, 'audit-events');
  return events.filter(({ actorId }) => attackers.includes(String(actorId))).map(({ action }) => action);
}

/** Refused by every service like what does not exist, and with nothing of that tenant. */
async function expectNotThere(method: string, path: string, options: CallOptions): Promise<void> {
  for (const url of everyService()) {
    const answer = await call(method, path, { ...options, url });
    expect(answer.status, url).toBe(404);
    expect(errorCode(answer)).toBe('NOT_FOUND');
    expect(answer.text).not.toContain(theirs.canary);
  }
  expect(await deedsIn(theirs), 'what their audit log says of a stranger').toEqual([]);
}

async function place(tenant: SeededTenant, changes: object = {}, url = serviceUrl()): Promise<Answer> {
  const body = { portfolioId: idOf(tenant, 'portfolios'), instrumentId: 1, side: 'buy', type: 'market', quantity: '1' };
  return call('POST', '/api/v1/orders', {
    url,
    cookie: await as(tenant, 'trader'),
    body: { ...body, ...changes },
    headers: { 'idempotency-key': randomUUID() },
  });
}

async function newOrder(tenant: SeededTenant): Promise<Record<string, unknown>> {
  const { status, body } = await place(tenant);
  expect([status, body['status']]).toEqual([201, 'new']);
  return body;
}

const cancelPath = ({ id }: Record<string, unknown>): string => `/api/v1/orders/${String(id)}/cancel`;

attack('another tenant’s order cancelled by its id', {
  async control() {
    const order = await newOrder(mine);
    expect((await call('POST', cancelPath(order), { cookie: await as(mine, 'trader') })).status).toBe(200);
    expect(await rowOf(mine, 'orders', order['id'])).toMatchObject({ status: 'cancelled' });
    expect(await deedsIn(mine)).toContain('order.cancelled');
  },
  async attack() {
    const order = await newOrder(theirs);
    await expectNotThere('POST', cancelPath(order), { cookie: await as(mine, 'trader') });
    expect(await rowOf(theirs, 'orders', order['id'])).toEqual(order);
    expect((await call('POST', cancelPath(order), { cookie: await as(theirs, 'trader') })).status).toBe(200);
  },
});

async function setLimit(tenant: SeededTenant, limitValue: string): Promise<Record<string, unknown>> {
  const id = idOf(tenant, 'riskLimits');
  const options = { cookie: await as(tenant, 'admin'), body: { limitValue } };
  expect((await call('PUT', `/api/v1/risk/limits/${id}`, options)).status).toBe(200);
  return rowOf(tenant, 'risk/limits', id);
}

attack('another tenant’s risk limit changed by its id', {
  async control() {
    expect(await setLimit(mine, '5.00')).toMatchObject({ limitValue: '5.00' });
    expect(await setLimit(mine, '6.00')).toMatchObject({ limitValue: '6.00' });
  },
  async attack() {
    const limit = await setLimit(theirs, '7.00');
    const path = `/api/v1/risk/limits/${idOf(theirs, 'riskLimits')}`;
    await expectNotThere('PUT', path, { cookie: await as(mine, 'admin'), body: { limitValue: '8.00' } });
    expect(await rowOf(theirs, 'risk/limits', limit['id'])).toEqual(limit);
  },
});

/** What may be read with that cookie: by any user, and by administrators only. */
async function rightsOf(cookie: string): Promise<number[]> {
  const paths = ['/api/v1/portfolios', '/api/v1/users'];
  return Promise.all(paths.map(async (path) => (await call('GET', path, { cookie })).status));
}

attack('another tenant’s user raised to administrator', {
  async control() {
    const { path, row, login } = await newUser(mine);
    const options = { cookie: await as(mine, 'admin'), body: { role: 'admin' } };
    expect((await call('PATCH', path, options)).status).toBe(200);
    expect(await rowOf(mine, 'users', row['id'])).toMatchObject({ role: 'admin' });
    expect(await rightsOf(cookieOf(await logIn(login)))).toEqual([200, 200]);
  },
  async attack() {
    const { path, row, login } = await newUser(theirs);
    await expectNotThere('PATCH', path, { cookie: await as(mine, 'admin'), body: { role: 'admin' } });
    expect(await rowOf(theirs, 'users', row['id'])).toEqual(row);
    expect(await rightsOf(cookieOf(await logIn(login)))).toEqual([200, 403]);
  },
});

attack('another tenant’s user deactivated, or logged out by a change of role', {
  async control() {
    const { path, row, login } = await newUser(mine);
    const cookie = cookieOf(await logIn(login));
    expect(await rightsOf(cookie)).toEqual([200, 403]);
    const options = { cookie: await as(mine, 'admin'), body: { active: false } };
    expect((await call('PATCH', path, options)).status).toBe(200);
    expect(await rowOf(mine, 'users', row['id'])).toMatchObject({ active: false });
    expect(await rightsOf(cookie)).toEqual([401, 401]);
  },
  async attack() {
    const { path, row, login } = await newUser(theirs);
    const cookie = cookieOf(await logIn(login));
    for (const body of [{ active: false }, { role: 'trader' }, { role: 'viewer', active: false }]) {
      await expectNotThere('PATCH', path, { cookie: await as(mine, 'admin'), body });
      expect(await rowOf(theirs, 'users', row['id'])).toEqual(row);
      expect(await rightsOf(cookie), 'the session of before').toEqual([200, 403]);
    }
    expect((await logIn(login)).status).toBe(200);
  },
});

const credentials = {
  broker: 'Own Broker',
  accountNumber: 'DE0011111111',
  apiKey: 'key-22222222',
  apiSecret: 'secret-33333333',
};
const others = {
  broker: 'Other Broker',
  accountNumber: 'DE0044444444',
  apiKey: 'key-55555555',
  apiSecret: 'secret-66666666',
};
const signatureOf = (payload: string) => createHmac('sha256', credentials.apiSecret).update(payload).digest('hex');

/** Credentials of a portfolio of their own, written by the tenant's administrator; what he reads, and what they sign. */
async function storeCredentials(tenant: SeededTenant): Promise<{ path: string; read: () => Promise<unknown[]> }> {
  const cookie = await as(tenant, 'admin');
  const created = await call('POST', '/api/v1/portfolios', { cookie, body: { name: 'broker', baseCurrency: 'EUR' } });
  const path = `/api/v1/portfolios/${String(created.body['id'])}/broker-credentials`;
  expect((await call('PUT', path, { cookie, body: credentials })).status).toBe(204);
  const read = async (): Promise<unknown[]> => {
    const shown = await call('GET', path, { cookie });
    const signed = await call('POST', `${path}/sign`, { cookie, body: { payload: 'BUY 10' } });
    return [shown.status, shown.body['broker'], shown.body['accountNumber'], shown.body['apiKey'], signed.body];
  };
  return { path, read };
}

const asStored = [200, 'Own Broker', '********1111', '********2222', { signature: signatureOf('BUY 10') }];

attack('another tenant’s broker credentials written, read and used', {
  async control() {
    const { path, read } = await storeCredentials(mine);
    expect(await read()).toEqual(asStored);
    expect((await call('PUT', path, { cookie: await as(mine, 'admin'), body: others })).status).toBe(204);
    expect((await read()).slice(0, 3)).toEqual([200, 'Other Broker', '********4444']);
  },
  async attack() {
    const { path, read } = await storeCredentials(theirs);
    expect(await read()).toEqual(asStored);
    const cookie = await as(mine, 'admin');
    await expectNotThere('GET', path, { cookie });
    await expectNotThere('POST', `${path}/sign`, { cookie, body: { payload: 'BUY 10' } });
    await expectNotThere('PUT', path, { cookie, body: others });
    expect(await read()).toEqual(asStored);
  },
});

attack('another tenant’s portfolio and strategy in the body of an order', {
  async control() {
    const { status, body } = await place(mine, { strategyId: idOf(mine, 'strategies') });
    expect(status).toBe(201);
    expect(await rowOf(mine, 'orders', body['id'])).toEqual(body);
  },
  async attack() {
    const note = randomUUID();
    const named = [{ portfolioId: idOf(theirs, 'portfolios') }, { strategyId: idOf(theirs, 'strategies') }];
    for (const changes of named) {
      for (const url of everyService()) {
        const answer = await place(mine, { ...changes, note }, url);
        expect(answer.status, JSON.stringify(changes)).toBe(404);
        expect(errorCode(answer)).toBe('NOT_FOUND');
        expect(answer.text).not.toContain(theirs.canary);
      }
    }
    const orders = [...(await rowsOf(mine, 'orders')), ...(await rowsOf(theirs, 'orders'))];
    expect(orders.filter((order) => order['note'] === note)).toEqual([]);
  },
});

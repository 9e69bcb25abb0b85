/** Attacks on what the rules of the business and the limits of the service allow: amounts, repetition, size, depth. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { call, cookieOf, errorCode, logIn, serviceUrl, type Answer } from '../testing/api-client.ts';
import { as, idOf, mine } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { newUser } from './testing/new-user.ts';
import { rowOf, rowsOf } from './testing/owner-view.ts';
import { requestRaw } from './testing/raw-request.ts';

const attack = attacksOf('A04');
const limitBytes = 64 * 1024;

async function order(changes: object = {}, key: string = randomUUID()): Promise<Answer> {
  const body = { portfolioId: idOf(mine, 'portfolios'), instrumentId: 1, side: 'buy', type: 'market', quantity: '1' };
  const headers = { 'idempotency-key': key };
  return call('POST', '/api/v1/orders', { cookie: await as(mine, 'trader'), body: { ...body, ...changes }, headers });
}

/** A body exactly as it is, to a route that takes one. */
async function send(body: string, path = '/api/v1/portfolios'): Promise<Answer> {
  const session = { 'content-type': 'application/json', cookie: await as(mine, 'trader') };
  const headers = { ...session, 'idempotency-key': randomUUID() };
  const response = await fetch(`${serviceUrl()}${path}`, { method: 'POST', headers, body });
  return { status: response.status, headers: response.headers, text: await response.text(), body: {} };
}

/** An order whose instrument is written as it is: JSON has no other way to say a number that is none. */
const sendInstrument = (number: string): Promise<Answer> =>
  send(
    `{"portfolioId":"${idOf(mine, 'portfolios')}","instrumentId":${number},"side":"buy","type":"market","quantity":"1"}`,
    '/api/v1/orders',
  );

const portfolioOf = (bytes: number): string => {
  const body = JSON.stringify({ name: 'x', baseCurrency: 'EUR' });
  return body.padEnd(bytes, ' ');
};

async function serves(): Promise<void> {
  expect((await call('GET', '/api/v1/trades?limit=1', { cookie: await as(mine, 'viewer') })).status).toBe(200);
}

attack('quantities and prices that are no amounts', {
  async control() {
    expect((await order({ quantity: '0.0001' })).status).toBe(201);
    expect((await order({ type: 'limit', limitPrice: '0.000001' })).status).toBe(201);
  },
  async attack() {
    const amounts = [
      '-1',
      '0',
      '0.0000',
      'NaN',
      'Infinity',
      '-0',
      '1e3',
      '1e400',
      '0x10',
      '1_000',
      '１',
      '٣',
      '1,5',
      ' 1',
      '1 ',
    ];
    const beyond = ['9'.repeat(15), '9'.repeat(400), '0.00001', `0.${'0'.repeat(300)}1`];
    for (const quantity of [...amounts, ...beyond]) expect((await order({ quantity })).status, quantity).toBe(400);
    for (const limitPrice of amounts) expect((await order({ type: 'limit', limitPrice })).status, limitPrice).toBe(400);
  },
});

attack('numbers beyond what a column or JSON can hold', {
  async control() {
    expect((await order({ instrumentId: 1 })).status).toBe(201);
    expect((await sendInstrument('1')).status).toBe(201);
    expect((await call('GET', '/api/v1/trades?limit=1', { cookie: await as(mine, 'viewer') })).status).toBe(200);
  },
  async attack() {
    for (const instrumentId of [-1, 0, 1.5, 2_147_483_648, Number.MAX_SAFE_INTEGER + 1, '1', null, [1]]) {
      expect((await order({ instrumentId })).status, JSON.stringify(instrumentId)).toBe(400);
    }
    for (const number of ['1e400', '-1e400', 'NaN', 'Infinity', '01', '0x1', '1.', '9'.repeat(400)]) {
      expect((await sendInstrument(number)).status, number).toBe(400);
    }
    for (const limit of ['0', '-1', '201', '1e9', '1.5', 'NaN', 'Infinity', '9'.repeat(400)]) {
      const cookie = await as(mine, 'viewer');
      expect((await call('GET', `/api/v1/trades?limit=${limit}`, { cookie })).status, limit).toBe(400);
    }
  },
});

attack('one order sent many times at once', {
  async control() {
    const note = randomUUID();
    for (let count = 0; count < 2; count += 1) expect((await order({ note })).status).toBe(201);
    expect((await rowsOf(mine, 'orders')).filter((row) => row['note'] === note)).toHaveLength(2);
  },
  async attack() {
    const [key, note] = [randomUUID(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 20 }, () => order({ note }, key)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect((await rowsOf(mine, 'orders')).filter((row) => row['note'] === note)).toHaveLength(1);
  },
});

/** The entries of the audit log that speak of that order. */
async function auditOf(id: unknown): Promise<unknown[]> {
  const events = await rowsOf(mine, 'audit-events');
  return events.filter(({ subject }) => subject === `order:${String(id)}`).map(({ action }) => action);
}

attack('an order cancelled many times at once', {
  async control() {
    const { body } = await order();
    expect([body['status'], await auditOf(body['id'])]).toEqual(['new', ['order.created']]);
  },
  async attack() {
    const { body } = await order();
    const path = `/api/v1/orders/${String(body['id'])}/cancel`;
    const cookie = await as(mine, 'trader');
    const answers = await Promise.all(Array.from({ length: 10 }, () => call('POST', path, { cookie })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9);
    expect((await auditOf(body['id'])).filter((action) => action === 'order.cancelled')).toHaveLength(1);
  },
});

attack('an administrator tricked into locking the tenant out', {
  async control() {
    const { path, row } = await newUser(mine, 'admin');
    const options = { cookie: await as(mine, 'admin'), body: { active: false } };
    expect((await call('PATCH', path, options)).status).toBe(200);
    expect(await rowOf(mine, 'users', row['id'])).toMatchObject({ active: false });
  },
  async attack() {
    const { path, row, login } = await newUser(mine, 'admin');
    const cookie = cookieOf(await logIn(login));
    for (const body of [{ active: false }, { role: 'viewer' }, { role: 'trader', active: true }]) {
      const answer = await call('PATCH', path, { cookie, body });
      expect(answer.status, JSON.stringify(body)).toBe(409);
      expect(errorCode(answer)).toBe('OWN_ACCESS');
      expect(await rowOf(mine, 'users', row['id'])).toEqual(row);
    }
    expect((await call('GET', '/api/v1/users', { cookie })).status).toBe(200);
  },
});

/** Ids that stand next to that one, for whoever takes them to be counted. */
const neighboursOf = (id: string): string[] =>
  [-2, -1, 1, 2].map((step) => {
    const last = (Number.parseInt(id.slice(-8), 16) + step) >>> 0;
    return `${id.slice(0, -8)}${last.toString(16).padStart(8, '0')}`;
  });

attack('ids guessed: numbers, and the neighbours of one that is known', {
  async control() {
    const { body } = await order();
    expect(
      (await call('GET', `/api/v1/orders/${String(body['id'])}`, { cookie: await as(mine, 'viewer') })).status,
    ).toBe(200);
  },
  async attack() {
    const cookie = await as(mine, 'viewer');
    for (const kind of ['orders', 'trades', 'portfolios', 'signals'] as const) {
      for (const number of ['0', '1', '2', '-1', '1.0', '1e3', '0x1', '2147483647', '9'.repeat(40)]) {
        expect((await call('GET', `/api/v1/${kind}/${number}`, { cookie })).status, `${kind} ${number}`).toBe(400);
      }
      for (const id of neighboursOf(idOf(mine, kind))) {
        expect((await call('GET', `/api/v1/${kind}/${id}`, { cookie })).status, `${kind} ${id}`).toBe(404);
      }
    }
    const made: string[] = [];
    for (let count = 0; count < 8; count += 1) made.push(String((await order()).body['id']));
    for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    // Random at both ends: two of eight alike there come once in tens of millions of runs.
    for (const part of [(id: string) => id.slice(0, 8), (id: string) => id.slice(-8)]) {
      expect(new Set(made.map(part)).size).toBe(made.length);
    }
  },
});

attack('a body one byte beyond the limit, with and without its length', {
  async control() {
    expect((await send(portfolioOf(limitBytes))).status).toBe(201);
  },
  async attack() {
    expect((await send(portfolioOf(limitBytes + 1))).status).toBe(413);
    const headers = {
      'content-type': 'application/json',
      cookie: await as(mine, 'trader'),
      'transfer-encoding': 'chunked',
    };
    const chunked = await requestRaw('POST', '/api/v1/portfolios', { headers, body: portfolioOf(limitBytes + 1) });
    expect(chunked.status).toBe(413);
    await serves();
  },
});

attack('a body nested as deep as fits', {
  async control() {
    expect((await send(portfolioOf(100))).status).toBe(201);
  },
  async attack() {
    const depth = limitBytes / 2 - 64;
    expect((await send(`${'['.repeat(depth)}${']'.repeat(depth)}`)).status).toBe(400);
    expect((await send('['.repeat(limitBytes))).status).toBe(400);
    expect((await send(`${'{"a":'.repeat(depth / 4)}1${'}'.repeat(depth / 4)}`)).status).toBe(400);
    const nested = `${'['.repeat(depth / 2)}${']'.repeat(depth / 2)}`;
    expect((await send(`{"name":${nested},"baseCurrency":"EUR"}`)).status).toBe(400);
    await serves();
  },
});

attack('a body of thousands of fields, and its echo', {
  async control() {
    const { text } = await send('{"name":"x","baseCurrency":"EUR","surplus":1}');
    expect(text).toContain('surplus');
  },
  async attack() {
    const fields = Object.fromEntries(Array.from({ length: 4000 }, (_, index) => [`field${index}`, 1]));
    const answer = await send(JSON.stringify(fields));
    expect(answer.status).toBe(400);
    expect(answer.text.length).toBeLessThan(1000);
    const cookie = await as(mine, 'viewer');
    const search = Array.from({ length: 800 }, (_, index) => `f${index}=1`).join('&');
    const searched = await call('GET', `/api/v1/trades?${search}`, { cookie });
    expect(searched.status).toBe(400);
    expect(searched.text.length).toBeLessThan(1000);
  },
});

attack('headers and addresses without end', {
  async control() {
    expect((await requestRaw('GET', '/healthz', { headers: { 'x-long': 'a'.repeat(4000) } })).status).toBe(200);
  },
  async attack() {
    expect((await requestRaw('GET', '/healthz', { headers: { 'x-long': 'a'.repeat(20_000) } })).status).toBe(431);
    const many = Object.fromEntries(Array.from({ length: 1500 }, (_, index) => [`x-header-${index}`, '1']));
    expect((await requestRaw('GET', '/healthz', { headers: many })).status).toBe(431);
    expect((await requestRaw('GET', `/healthz?${'a'.repeat(20_000)}`)).status).toBe(431);
    const cookie = await as(mine, 'viewer');
    expect((await requestRaw('GET', `/api/v1/trades/${'a'.repeat(2000)}`, { headers: { cookie } })).status).toBe(400);
    await serves();
  },
});

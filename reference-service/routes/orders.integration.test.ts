/** Integration tests of placing and cancelling orders. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAsAdmin, type AdminDatabase } from '../testing/admin-database.ts';
import { call, errorCode, sessionOf, tenantAt, type Answer } from '../testing/api-client.ts';

const tenant = tenantAt(0);
let admin: AdminDatabase;
let trader: string;

const order = {
  portfolioId: tenant.samples.portfolios[0],
  instrumentId: 1,
  side: 'buy',
  type: 'limit',
  quantity: '10.5',
  limitPrice: '12.25',
  note: 'from a test',
};

beforeAll(async () => {
  admin = await connectAsAdmin();
  trader = await sessionOf(tenant, 'trader');
});
afterAll(() => admin.end());

function place(key: string, body: object = order, cookie = trader): Promise<Answer> {
  return call('POST', '/api/v1/orders', { cookie, body, headers: { 'idempotency-key': key } });
}

async function audited(id: unknown): Promise<string[]> {
  const text = 'select action from audit_events where tenant_id = $1 and subject = $2 order by id';
  return (await admin.query<{ action: string }>(text, [tenant.id, `order:${String(id)}`])).map(({ action }) => action);
}

describe('placing an order', () => {
  it('keeps it exactly, once, with its audit event', async () => {
    const key = randomUUID();
    const placed = await place(key);
    expect(placed.status).toBe(201);
    expect(placed.body).toMatchObject({
      ...order,
      tenantId: tenant.id,
      quantity: '10.5000',
      limitPrice: '12.250000',
      status: 'new',
      strategyId: null,
    });
    const replayed = await place(key);
    expect(replayed.status).toBe(200);
    expect(replayed.body).toEqual(placed.body);
    expect(await audited(placed.body['id'])).toEqual(['order.created']);
    expect((await call('GET', `/api/v1/orders/${String(placed.body['id'])}`, { cookie: trader })).body).toEqual(
      placed.body,
    );
  });

  it('takes numbers that are equal as the same order, and everything else as another', async () => {
    const key = randomUUID();
    expect((await place(key)).status).toBe(201);
    expect((await place(key, { ...order, quantity: '10.5000' })).status).toBe(200);
    for (const change of [
      { quantity: '10.6' },
      { side: 'sell' },
      { note: 'x' },
      { instrumentId: 2 },
      { limitPrice: '1' },
    ]) {
      const answer = await place(key, { ...order, ...change });
      expect(answer.status, JSON.stringify(change)).toBe(409);
      expect(errorCode(answer)).toBe('IDEMPOTENCY_KEY_REUSED');
    }
    expect((await place(key, order, await sessionOf(tenant, 'admin'))).status, 'another user').toBe(409);
  });

  it('makes one order of many that come at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => place(key)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 200)).toHaveLength(19);
    expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1);
    expect(await audited(answers[0]?.body['id'])).toEqual(['order.created']);
  });

  it('leaves the same key of another tenant alone', async () => {
    const key = randomUUID();
    const other = tenantAt(1);
    const theirs = { ...order, portfolioId: other.samples.portfolios[0] };
    expect((await place(key)).status).toBe(201);
    expect((await place(key, theirs, await sessionOf(other, 'trader'))).status).toBe(201);
  });

  it.each([
    ['another tenant’s portfolio', 404, { portfolioId: tenantAt(1).samples.portfolios[0] }],
    ['a portfolio that does not exist', 404, { portfolioId: randomUUID() }],
    ['another tenant’s strategy', 404, { strategyId: tenantAt(1).samples.strategies[0] }],
    ['an instrument that does not exist', 422, { instrumentId: 2_000_000_000 }],
    ['a tenant in the body', 400, { tenantId: tenantAt(1).id }],
    ['no price', 400, { limitPrice: undefined }],
  ])('refuses %s, and keeps nothing', async (_what, status, change) => {
    const key = randomUUID();
    expect((await place(key, { ...order, ...change })).status).toBe(status);
    expect(await admin.query('select from orders where idempotency_key = $1', [key])).toEqual([]);
  });

  it.each(['', 'short', 'x'.repeat(65), 'with space in it'])('refuses the key %j', async (key) => {
    expect((await place(key)).status).toBe(400);
  });
});

describe('cancelling an order', () => {
  it('happens once', async () => {
    const { body } = await place(randomUUID());
    const path = `/api/v1/orders/${String(body['id'])}/cancel`;
    const answers = await Promise.all(Array.from({ length: 5 }, () => call('POST', path, { cookie: trader })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 200)?.body).toMatchObject({ id: body['id'], status: 'cancelled' });
    expect(await audited(body['id'])).toEqual(['order.created', 'order.cancelled']);
  });

  it('is refused once the order is filled', async () => {
    const [filled] = await admin.query<{ id: string }>(
      `select id from orders where tenant_id = $1 and status = 'filled' limit 1`,
      [tenant.id],
    );
    const answer = await call('POST', `/api/v1/orders/${filled?.id}/cancel`, { cookie: trader });
    expect(errorCode(answer)).toBe('ORDER_NOT_CANCELLABLE');
  });
});

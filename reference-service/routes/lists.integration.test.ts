/** Integration tests of lists: page by page, complete, in order, and of the caller's tenant only; in every arm. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAsAdmin, type AdminDatabase } from '../testing/admin-database.ts';
import { call, itemsOf, serviceUrl, sessionOf, tenantAt } from '../testing/api-client.ts';

const tenant = tenantAt(0);
let admin: AdminDatabase;
let cookie: string;

beforeAll(async () => {
  admin = await connectAsAdmin();
  cookie = await sessionOf(tenant, 'admin');
});
afterAll(() => admin.end());

async function walk(path: string, limit: number, url = serviceUrl()): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let cursor = '';
  do {
    const separator = path.includes('?') ? '&' : '?';
    const page = await call('GET', `${path}${separator}limit=${limit}${cursor}`, { cookie, url });
    expect(page.status, page.text.slice(0, 200)).toBe(200);
    const { nextCursor } = page.body;
    items.push(...itemsOf(page));
    cursor = typeof nextCursor === 'string' ? `&cursor=${nextCursor}` : '';
  } while (cursor !== '');
  return items;
}

async function idsInDatabase(table: string, condition = 'true'): Promise<string[]> {
  // Their own id counts for all tenants.
  const column = table === 'audit_events' ? 'sequence_number' : 'id';
  const text = `select ${column}::text as id from ${table} where tenant_id = $1 and ${condition}`;
  return (await admin.query<{ id: string }>(text, [tenant.id])).map(({ id }) => id);
}

const [portfolio] = tenant.samples.portfolios;
const [strategy] = tenant.samples.strategies;
const lists: [path: string, table: string, condition?: string][] = [
  ['/api/v1/portfolios', 'portfolios'],
  ['/api/v1/positions', 'positions'],
  [`/api/v1/positions?portfolioId=${portfolio}`, 'positions', `portfolio_id = '${portfolio}'`],
  [`/api/v1/portfolios/${portfolio}/positions`, 'positions', `portfolio_id = '${portfolio}'`],
  ['/api/v1/strategies', 'strategies'],
  ['/api/v1/signals', 'signals'],
  [`/api/v1/signals?strategyId=${strategy}`, 'signals', `strategy_id = '${strategy}'`],
  ['/api/v1/trades', 'trades'],
  [`/api/v1/trades?portfolioId=${portfolio}`, 'trades', `portfolio_id = '${portfolio}'`],
  ['/api/v1/orders', 'orders'],
  ['/api/v1/orders?status=filled', 'orders', `status = 'filled'`],
  ['/api/v1/risk/limits', 'risk_limits'],
  ['/api/v1/users', 'users'],
  ['/api/v1/audit-events', 'audit_events'],
];

describe('a list', () => {
  it.each(lists)('%s: its pages make up the table, each row once', async (path, table, condition) => {
    const items = await walk(path, 7);
    const ids = items.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual((await idsInDatabase(table, condition)).sort());
    expect(items.every(({ tenantId }) => tenantId === tenant.id)).toBe(true);
  });

  it.each(['filter', 'bare'] as const)('is the same in the arm %s', async (arm) => {
    expect(await walk('/api/v1/trades', 50, serviceUrl(arm))).toEqual(await walk('/api/v1/trades', 50));
  });

  it('of trades begins with the newest, also where several happen at once', async () => {
    const trades = await walk('/api/v1/trades', 200);
    const keys = trades.map(({ executedAt, id }) => [executedAt, id].join(' '));
    const order = `select id::text from trades where tenant_id = $1 order by executed_at desc, id desc`;
    const expected = (await admin.query<{ id: string }>(order, [tenant.id])).map(({ id }) => id);
    expect(keys.map((key) => key.split(' ')[1])).toEqual(expected);
  });

  it('carries the tenant’s canary and no other', async () => {
    for (const [path] of lists) {
      const canaries = JSON.stringify(await walk(path, 200)).match(/cnry_[0-9a-f]{12}/g) ?? [];
      expect(
        canaries.every((canary) => canary === tenant.canary),
        path,
      ).toBe(true);
    }
  });

  it.each(['limit=0', 'limit=201', 'limit=x', 'cursor=x', 'cursor=W10', 'offset=5'])(
    'refuses %s',
    async (parameter) => {
      expect((await call('GET', `/api/v1/trades?${parameter}`, { cookie })).status).toBe(400);
    },
  );

  it('takes another tenant’s cursor as a place in its own list, nothing more', async () => {
    const theirs = tenantAt(1);
    const page = await call('GET', '/api/v1/trades?limit=1', { cookie: await sessionOf(theirs, 'viewer') });
    const next = await call('GET', `/api/v1/trades?cursor=${String(page.body['nextCursor'])}`, { cookie });
    expect(next.status).toBe(200);
    expect(itemsOf(next).every(({ tenantId }) => tenantId === tenant.id)).toBe(true);
  });
});

describe('version 2 of trades', () => {
  it('has the same trades in its own envelope, with currencies', async () => {
    const v1 = itemsOf(await call('GET', '/api/v1/trades?limit=3', { cookie }));
    const v2 = await call('GET', '/api/v2/trades?limit=3', { cookie });
    const data = v2.body['data'] as { id: string; price: unknown }[];
    expect(data.map(({ id }) => id)).toEqual(v1.map(({ id }) => id));
    expect(data[0]?.price).toEqual({
      amount: v1[0]?.['price'],
      currency: expect.stringMatching(/^[A-Z]{3}$/) as string,
    });
    expect(v2.body['page']).toMatchObject({ limit: 3, next: expect.any(String) as string });
  });
});

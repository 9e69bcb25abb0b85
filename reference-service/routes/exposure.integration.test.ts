/** Integration tests of exposure, its cache, quotes and risk limits. */
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectAsAdmin, type AdminDatabase } from '../testing/admin-database.ts';
import { call, itemsOf, readManifest, sessionOf, tenantAt } from '../testing/api-client.ts';

const tenant = tenantAt(0);
let admin: AdminDatabase;
let redis: Redis;
let viewer: string;

beforeAll(async () => {
  const connection = inject('system').redis;
  admin = await connectAsAdmin();
  redis = new Redis({
    host: connection.host,
    port: connection.port,
    username: connection.adminUser,
    password: connection.adminPassword,
  });
  viewer = await sessionOf(tenant, 'viewer');
});
afterAll(async () => {
  redis.disconnect();
  await admin.end();
});

describe('exposure', () => {
  it.each([0, 1, 2, 3, 4, 5])('of tenant %i is what the seed says, to the cent', async (index) => {
    const { expected, id } = tenantAt(index);
    const { body } = await call('GET', '/api/v1/risk/exposure', { cookie: await sessionOf(tenantAt(index), 'viewer') });
    expect(body).toMatchObject({ tenantId: id, positions: expected.positions, grossExposure: expected.grossExposure });
  });

  it('is the same from the cache, each tenant’s under its own key', async () => {
    for (const { id, owner } of [tenant, tenantAt(1)].map((owner) => ({ id: owner.id, owner }))) {
      const cookie = await sessionOf(owner, 'viewer');
      const computed = await call('GET', '/api/v1/risk/exposure', { cookie });
      for (const source of ['filled', 'cached']) {
        const cached = await call('GET', '/api/v1/risk/exposure/cached', { cookie });
        expect(cached.body, source).toEqual(computed.body);
      }
      expect(await redis.get(`tenant:${id}:exposure:all`)).toContain(id);
    }
  });
});

describe('quotes', () => {
  it('are the last closes, in the order asked, each once; unknown symbols are left out', async () => {
    const [first = '', second = ''] = readManifest().symbols;
    const path = `/api/v1/quotes?symbols=${second},NOSUCH,${first},${second}`;
    const quotes = itemsOf(await call('GET', path, { cookie: viewer }));
    expect(quotes.map(({ symbol }) => symbol)).toEqual([second, first]);
    const [close] = await admin.query<{ close: string }>(
      'select close from prices p join instruments i on i.id = p.instrument_id where symbol = $1 order by day desc limit 1',
      [first],
    );
    expect(quotes[1]?.['price']).toBe(close?.close);
    expect(itemsOf(await call('GET', path, { cookie: viewer }))).toEqual(quotes);
    expect(await redis.exists(`tenant:${tenant.id}:quote:${first}`)).toBe(1);
  });

  it.each(['', 'symbols=', 'symbols=a%20b', `symbols=${Array.from({ length: 60 }, (_n, i) => `S${i}`).join(',')}`])(
    'refuse %j',
    async (search) => {
      expect((await call('GET', `/api/v1/quotes?${search}`, { cookie: viewer })).status).toBe(400);
    },
  );
});

describe('Redis', () => {
  it('has keys of tenants only', async () => {
    const keys = await redis.keys('*');
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => !/^tenant:[0-9a-f-]{36}:/.test(key))).toEqual([]);
  });

  it('refuses the service’s user any other key, and any command that it does not need', async () => {
    const asService = (...command: string[]) => redis.call('acl', 'dryrun', 'alphapulse', ...command);
    expect(await asService('get', 'tenant:x:quote:y')).toBe('OK');
    for (const command of [
      ['get', 'other'],
      ['set', 'tenants', '1'],
      ['keys', '*'],
      ['flushall'],
      ['config', 'get', '*'],
      ['eval', 'x', '0'],
    ]) {
      expect(String(await asService(...command)), command.join(' ')).toContain('no permissions');
    }
  });
});

describe('a risk limit', () => {
  it('is changed by an administrator, exactly, with an audit event', async () => {
    const id = tenant.samples.riskLimits[0] ?? '';
    const cookie = await sessionOf(tenant, 'admin');
    const answer = await call('PUT', `/api/v1/risk/limits/${id}`, {
      cookie,
      body: { limitValue: '123456789012345678.9' },
    });
    expect(answer.body).toMatchObject({ id, tenantId: tenant.id, limitValue: '123456789012345678.90' });
    const [event] = await admin.query<{ detail: unknown }>(
      `select detail from audit_events where tenant_id = $1 and subject = $2 order by id desc limit 1`,
      [tenant.id, `risk_limit:${id}`],
    );
    expect(event?.detail).toEqual({ limitValue: '123456789012345678.90' });
    expect((await call('PUT', `/api/v1/risk/limits/${id}`, { cookie, body: { limitValue: '-1' } })).status).toBe(400);
  });
});

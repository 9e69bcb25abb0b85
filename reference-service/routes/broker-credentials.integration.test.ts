/** Integration tests of broker credentials: in Vault, encrypted in the table, masked on the way out. */
import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectAsAdmin, type AdminDatabase } from '../testing/admin-database.ts';
import { call, sessionOf, tenantAt } from '../testing/api-client.ts';

const tenant = tenantAt(0);
const pathOf = (id: string) => `/api/v1/portfolios/${id}/broker-credentials`;
const credentials = {
  broker: 'Example Broker',
  accountNumber: 'DE00123456789',
  apiKey: 'key-abcdefgh',
  apiSecret: 'secret-ijklmnop',
};
let admin: string;
let database: AdminDatabase;
let portfolio: string;
let other: string;
let path: string;

async function createPortfolio(name: string): Promise<string> {
  const { body } = await call('POST', '/api/v1/portfolios', { cookie: admin, body: { name, baseCurrency: 'EUR' } });
  return String(body['id']);
}

beforeAll(async () => {
  database = await connectAsAdmin();
  admin = await sessionOf(tenant, 'admin');
  portfolio = await createPortfolio('first');
  other = await createPortfolio('second');
  path = pathOf(portfolio);
});
afterAll(() => database.end());

async function storedCiphertext(): Promise<string> {
  const text = 'select broker_account_ciphertext as ciphertext from portfolios where id = $1';
  const [row] = await database.query<{ ciphertext: string }>(text, [portfolio]);
  return row?.ciphertext ?? '';
}

describe('broker credentials', () => {
  it('are not there before they are written', async () => {
    expect((await call('GET', pathOf(other), { cookie: admin })).status).toBe(404);
  });

  it('come back masked, and sign', async () => {
    expect((await call('PUT', path, { cookie: admin, body: credentials })).status).toBe(204);
    const { body, text } = await call('GET', path, { cookie: admin });
    expect(body).toEqual({
      tenantId: tenant.id,
      portfolioId: portfolio,
      broker: 'Example Broker',
      accountNumber: '*********6789',
      apiKey: '********efgh',
    });
    expect(text).not.toContain(credentials.apiSecret);
    const trader = await sessionOf(tenant, 'trader');
    const signed = await call('POST', `${path}/sign`, { cookie: trader, body: { payload: 'BUY 10' } });
    expect(signed.body).toEqual({
      signature: createHmac('sha256', credentials.apiSecret).update('BUY 10').digest('hex'),
    });
  });

  it('lie encrypted in the table, differently each time', async () => {
    const before = await storedCiphertext();
    expect(before).toMatch(/^vault:v\d+:/);
    await call('PUT', path, { cookie: admin, body: credentials });
    expect(await storedCiphertext()).not.toBe(before);
  });

  it('decrypt in the row they were made for only', async () => {
    await call('PUT', pathOf(other), { cookie: admin, body: credentials });
    const text = 'update portfolios set broker_account_ciphertext = $2 where id = $1';
    await database.query(text, [other, await storedCiphertext()]);
    expect((await call('GET', pathOf(other), { cookie: admin })).status).toBe(503);
    await database.query(text, [other, null]);
  });

  it('are out of reach of a token with another tenant’s policy', async () => {
    const { vault } = inject('system');
    const ask = (url: string, token: string, body?: object) =>
      fetch(`${vault.address}/v1/${url}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'x-vault-token': token },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    const created = await ask('auth/token/create/tenant', vault.rootToken, { policies: [`tenant-${tenantAt(1).id}`] });
    const { auth } = (await created.json()) as { auth: { client_token: string; policies: string[] } };
    expect(auth.policies).toEqual([`tenant-${tenantAt(1).id}`]);
    const secret = `kv/data/tenants/${tenant.id}/broker-credentials/${portfolio}`;
    expect((await ask(secret, vault.rootToken)).status, 'control: the secret is there').toBe(200);
    expect((await ask(secret, auth.client_token)).status).toBe(403);
    const ciphertext = await storedCiphertext();
    expect((await ask(`transit/decrypt/tenant-${tenant.id}`, auth.client_token, { ciphertext })).status).toBe(403);
  });

  it.each(['apiKey', 'apiSecret', 'accountNumber', 'broker'])('refuse to be written without %s', async (field) => {
    const body = { ...credentials, [field]: undefined };
    expect((await call('PUT', path, { cookie: admin, body })).status).toBe(400);
  });
});

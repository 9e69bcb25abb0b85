/** Attacks by text that something behind the service might read as code: SQL, headers, Redis, paths, script, templates. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { connectAsAdmin, type AdminDatabase } from '../testing/admin-database.ts';
import { call, itemsOf, logIn, readManifest, type Answer } from '../testing/api-client.ts';
import { as, idOf, mine, theirs, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { requestRaw, sendBytes, statusesIn } from './testing/raw-request.ts';

const attack = attacksOf('A03');
const { demoPassword, symbols } = readManifest();
const sql = [
  "' or '1'='1",
  "'; drop table trades; --",
  "') or true --",
  '" or ""="',
  '1; select pg_sleep(10)',
  "\\'; --",
];
/** The same without a blank: what takes no blanks refuses the others before any statement is made of them. */
const sqlWithoutBlanks = sql.map((text) => text.replaceAll(' ', '/**/'));
let database: AdminDatabase;

beforeAll(async () => {
  database = await connectAsAdmin();
});
afterAll(() => database.end());

const read = async (path: string): Promise<Answer> => call('GET', path, { cookie: await as(mine, 'admin') });

async function createPortfolio(name: string): Promise<Answer> {
  return call('POST', '/api/v1/portfolios', { cookie: await as(mine, 'trader'), body: { name, baseCurrency: 'EUR' } });
}

async function order(note: string, key: string = randomUUID()): Promise<Answer> {
  const body = {
    portfolioId: idOf(mine, 'portfolios'),
    instrumentId: 1,
    side: 'buy',
    type: 'market',
    quantity: '1',
    note,
  };
  return call('POST', '/api/v1/orders', {
    cookie: await as(mine, 'trader'),
    body,
    headers: { 'idempotency-key': key },
  });
}

const rightLogin = { tenant: mine.slug, email: userOf(mine, 'viewer').email, password: demoPassword };

/** An answer that says nothing of a database, and leaves the tables where they were. */
async function expectNothingRun(answer: Answer, status: number): Promise<void> {
  expect(answer.status).toBe(status);
  expect(answer.text).not.toMatch(/syntax error|pg_|relation|SELECT|postgres|sqlstate/i);
  expect(answer.text).not.toContain(theirs.canary);
  const [row] = await database.query<{ count: string }>('select count(*) from trades');
  expect(Number(row?.count)).toBeGreaterThan(0);
}

attack('SQL in what a user logs in with', {
  async control() {
    expect((await logIn(rightLogin)).status).toBe(200);
  },
  async attack() {
    const email = `${randomUUID()}@test.example`;
    const user = { email, displayName: 'T', role: 'viewer', password: 'a long enough password' };
    expect((await call('POST', '/api/v1/users', { cookie: await as(mine, 'admin'), body: user })).status).toBe(201);
    for (const text of sql) {
      await expectNothingRun(await logIn({ ...rightLogin, tenant: `${mine.slug}${text}` }), 400);
      await expectNothingRun(await logIn({ ...rightLogin, email: `${rightLogin.email}${text}` }), 400);
      await expectNothingRun(await logIn({ ...rightLogin, email, password: text }), 401);
    }
    for (const text of sqlWithoutBlanks) {
      await expectNothingRun(await logIn({ ...rightLogin, tenant: `${mine.slug}${text}` }), 401);
      await expectNothingRun(await logIn({ ...rightLogin, email: `${rightLogin.email}${text}` }), 401);
    }
  },
});

attack('SQL in an id, a filter, a limit and a sort order', {
  async control() {
    expect(itemsOf(await read('/api/v1/trades?limit=1'))).toHaveLength(1);
    expect((await read('/api/v1/orders?status=filled')).status).toBe(200);
  },
  async attack() {
    for (const text of sql.map(encodeURIComponent)) {
      await expectNothingRun(await read(`/api/v1/trades/${text}`), 400);
      await expectNothingRun(await read(`/api/v1/trades?portfolioId=${text}`), 400);
      await expectNothingRun(await read(`/api/v1/orders?status=${text}`), 400);
      await expectNothingRun(await read(`/api/v1/trades?limit=${text}`), 400);
      await expectNothingRun(await read(`/api/v1/trades?sort=${text}`), 400);
      await expectNothingRun(await read(`/api/v1/quotes?symbols=${text}`), 400);
    }
  },
});

attack('SQL in the keys of a cursor', {
  async control() {
    const { body } = await read('/api/v1/users?limit=1');
    expect((await read(`/api/v1/users?limit=1&cursor=${String(body['nextCursor'])}`)).status).toBe(200);
  },
  async attack() {
    for (const text of sql) {
      const cursorOf = (keys: string[]) => Buffer.from(JSON.stringify(keys)).toString('base64url');
      const users = await read(`/api/v1/users?limit=200&cursor=${cursorOf([text])}`);
      await expectNothingRun(users, 200);
      expect(new Set(itemsOf(users).map(({ tenantId }) => tenantId)), text).toEqual(new Set([mine.id]));
      await expectNothingRun(await read(`/api/v1/trades?cursor=${cursorOf([text, text])}`), 400);
      await expectNothingRun(await read(`/api/v1/audit-events?cursor=${cursorOf([text])}`), 400);
    }
  },
});

attack('SQL in every text that is stored', {
  async control() {
    expect((await createPortfolio('plain')).status).toBe(201);
  },
  async attack() {
    for (const text of sql) {
      const portfolio = await createPortfolio(text);
      expect([portfolio.status, portfolio.body['name']]).toEqual([201, text]);
      const placed = await order(text);
      expect([placed.status, placed.body['note']]).toEqual([201, text]);
      await expectNothingRun(await order('x', `${text.replaceAll(' ', '')}-${randomUUID()}`.slice(0, 64)), 201);
    }
  },
});

attack('script and templates in text that comes back', {
  async control() {
    expect((await createPortfolio('R&D "core" <2026>')).body['name']).toBe('R&D "core" <2026>');
  },
  async attack() {
    for (const text of [
      '<script>alert(1)</script>',
      '{{7*7}}',
      '${7*7}',
      '<%= 7*7 %>',
      '#{7*7}',
      '%s%n%x',
      '=cmd|calc!A1',
    ]) {
      const answer = await createPortfolio(text);
      expect(answer.body['name']).toBe(text);
      expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  },
});

attack('operators and objects where a text belongs', {
  async control() {
    expect((await logIn(rightLogin)).status).toBe(200);
  },
  async attack() {
    for (const value of [{ $ne: null }, { $gt: '' }, [rightLogin.email], true, 0, null]) {
      expect((await call('POST', '/api/v1/auth/login', { body: { ...rightLogin, email: value } })).status).toBe(400);
      expect((await call('POST', '/api/v1/auth/login', { body: { ...rightLogin, password: value } })).status).toBe(400);
    }
    expect((await read('/api/v1/orders?status[$ne]=new')).status).toBe(400);
    expect((await read('/api/v1/orders?status=new&status=filled')).status).toBe(400);
  },
});

attack('a NUL byte and half characters in text', {
  async control() {
    expect((await createPortfolio('π ∞ 漢字 🚀')).body['name']).toBe('π ∞ 漢字 🚀');
  },
  async attack() {
    await expectNothingRun(await createPortfolio('before\u0000after'), 400);
    await expectNothingRun(await order('before\u0000after'), 400);
    await expectNothingRun(await logIn({ ...rightLogin, tenant: `${mine.slug}\u0000` }), 400);
    await expectNothingRun(await logIn({ ...rightLogin, email: `${rightLogin.email}\u0000.attacker.example` }), 400);
    await expectNothingRun(await createPortfolio('half \ud83d of one'), 201);
    await expectNothingRun(await read('/api/v1/trades/%00'), 400);
    await expectNothingRun(await read('/api/v1/quotes?symbols=A%00B'), 400);
  },
});

attack('line breaks in a header that the service repeats', {
  async control() {
    const answer = await requestRaw('GET', '/healthz', { headers: { 'x-request-id': 'harmless-0001' } });
    expect(answer.headers['x-request-id']).toBe('harmless-0001');
  },
  async attack() {
    for (const [value, status] of [
      ['abcdefgh\nset-cookie: a=b', 400],
      ['abcdefgh\rset-cookie: a=b', 400],
      ['abcdefgh%0d%0aset-cookie: a=b', 200],
      ['é'.repeat(9), 200],
    ] as const) {
      const answer = await sendBytes(
        `GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Request-Id: ${value}\r\n\r\n`,
      );
      expect(answer.toLowerCase(), value).not.toContain('set-cookie');
      expect(statusesIn(answer), value).toEqual([status]);
      expect(answer, value).toMatch(/^x-request-id: [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\r$/im);
    }
    const reflected = await requestRaw('GET', '/api/v1/trades/x%0d%0aset-cookie:%20a=b', {
      headers: { cookie: await as(mine, 'viewer') },
    });
    expect([reflected.status, reflected.headers['set-cookie']]).toEqual([400, undefined]);
  },
});

const theirQuote = async (): Promise<Answer> =>
  call('GET', `/api/v1/quotes?symbols=${symbols[0]}`, { cookie: await as(theirs, 'viewer') });

attack('commands of Redis in what becomes a key', {
  async control() {
    expect(itemsOf(await read(`/api/v1/quotes?symbols=${symbols[0]}`))).toHaveLength(1);
    expect(itemsOf(await theirQuote())).toHaveLength(1);
  },
  async attack() {
    const before = await theirQuote();
    for (const text of [
      'A\r\nFLUSHALL\r\n',
      'A\nSET x y',
      '*',
      `../../tenant:${theirs.id}:quote:A`,
      `A:${theirs.id}`,
    ]) {
      expect((await read(`/api/v1/quotes?symbols=${encodeURIComponent(text)}`)).status, text).toBe(400);
    }
    const email = `a\r\nSET tenant:${theirs.id}:quote:${symbols[0]} 1\r\n@x`;
    expect((await logIn({ ...rightLogin, email })).status).toBe(400);
    expect(await theirQuote()).toMatchObject({ status: 200, body: before.body });
  },
});

const credentials = { broker: 'b', accountNumber: 'DE0000001234', apiKey: 'key-00004711', apiSecret: 'secret-0815' };
const credentialsPath = (id: string): string => `/api/v1/portfolios/${id}/broker-credentials`;

attack('a path of Vault in what becomes a part of one', {
  async control() {
    for (const tenant of [mine, theirs]) {
      const options = { cookie: await as(tenant, 'admin'), body: credentials };
      expect((await call('PUT', credentialsPath(idOf(tenant, 'portfolios')), options)).status).toBe(204);
      const shown = await call('GET', credentialsPath(idOf(tenant, 'portfolios')), { cookie: options.cookie });
      expect([shown.status, shown.body['apiKey']]).toEqual([200, '********4711']);
    }
  },
  async attack() {
    const their = `${theirs.id}/broker-credentials/${idOf(theirs, 'portfolios')}`;
    const own = idOf(mine, 'portfolios');
    const ids = [`../../${their}`, '../../../service/jwt', `${own}/../../../service/jwt`, '*', '+'];
    const headers = { cookie: await as(mine, 'admin') };
    for (const id of ids) {
      const encoded = await requestRaw('GET', credentialsPath(encodeURIComponent(id)), { headers });
      expect(encoded.status, id).toBe(400);
      const plain = await requestRaw('GET', credentialsPath(id), { headers });
      expect(plain.status, id).toBe(id.includes('/') ? 404 : 400);
      for (const { text } of [encoded, plain]) expect(text).not.toMatch(/PRIVATE KEY|apiKey|4711/);
    }
  },
});

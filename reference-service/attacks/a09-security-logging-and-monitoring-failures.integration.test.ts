/** Attacks on what is written down: secrets in it (CWE-532), lines forged in it (CWE-117), deeds that leave no trace (CWE-778). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { z } from 'zod';
import { connectAsAdmin, type AdminDatabase } from '../testing/admin-database.ts';
import {
  call,
  cookieOf,
  logIn,
  readManifest,
  type Answer,
  type CallOptions,
  type Role,
} from '../testing/api-client.ts';
import {
  createEnvironment,
  eventually,
  startService,
  type OwnEnvironment,
  type OwnService,
} from '../testing/own-service.ts';
import { idOf, mine, theirs, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { requestRaw, sendBytes } from './testing/raw-request.ts';

const attack = attacksOf('A09');
const { demoPassword } = readManifest();
const lineSchema = z.record(z.string(), z.unknown());
type Line = z.infer<typeof lineSchema>;

let environment: OwnEnvironment;
let service: OwnService;
let database: AdminDatabase;

beforeAll(async () => {
  database = await connectAsAdmin();
  environment = await createEnvironment();
  service = await startService({ ...environment.variables, ALPHAPULSE_LOG_LEVEL: 'trace' });
});
afterAll(async () => {
  service.signal('SIGTERM');
  expect(await service.ended).toBe(0);
  await Promise.all([environment.remove(), database.end()]);
});

async function as(role: Role): Promise<string> {
  const login = { tenant: mine.slug, email: userOf(mine, role).email, password: demoPassword };
  return cookieOf(await logIn(login, service.url));
}

const ask = (method: string, path: string, options: CallOptions = {}): Promise<Answer> =>
  call(method, path, { url: service.url, ...options });

/** Every line of the log so far; each must be JSON of its own. */
const logLines = (): Line[] =>
  service
    .output()
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.startsWith('{'))
    .map((line) => lineSchema.parse(JSON.parse(line)));

/** The line of a request, once the log was written out. */
const lineOf = (requestId: string): Promise<Line> =>
  eventually(`a line of ${requestId}`, () => logLines().find((line) => line['requestId'] === requestId) ?? null);

const newId = (): string => `attack-${randomUUID()}`;

async function audited(action: string, subject: string): Promise<Line[]> {
  const text = `select tenant_id, actor_id, action, subject, detail from audit_events
    where tenant_id = $1 and action = $2 and subject = $3 order by id desc`;
  return database.query(text, [mine.id, action, subject]);
}

attack('secrets read from the log, at its most talkative', {
  async control() {
    const id = newId();
    await ask('GET', '/api/v1/trades?limit=1', { cookie: await as('viewer'), headers: { 'x-request-id': id } });
    expect(await lineOf(id)).toMatchObject({ tenant: mine.id, route: '/api/v1/trades', status: 200 });
  },
  async attack() {
    const cookie = await as('admin');
    const body = { broker: 'b', accountNumber: 'logged-account', apiKey: 'logged-api-key', apiSecret: 'logged-secret' };
    const path = `/api/v1/portfolios/${idOf(mine, 'portfolios')}/broker-credentials`;
    const id = newId();
    await ask('PUT', path, { cookie, body });
    await ask('PUT', path, { cookie, body: { ...body, broker: 1 } });
    await ask('GET', `/api/v1/trades?token=logged-in-the-query`, {
      cookie,
      headers: { authorization: 'Bearer logged-header' },
    });
    const newcomer = {
      email: `${randomUUID()}@test.example`,
      displayName: 'T',
      role: 'viewer',
      password: 'logged-password',
    };
    await ask('POST', '/api/v1/users', { cookie, body: newcomer });
    await logIn({ tenant: mine.slug, email: 'logged@test.example', password: 'logged-wrong' }, service.url);
    await sendBytes(`GET /healthz?logged HTTP/1.1\r\nCookie: ${cookie}\r\nX : logged-malformed\r\n\r\n`, service.url);
    await ask('GET', '/healthz', { headers: { 'x-request-id': id } });
    await lineOf(id);
    const [, token = ''] = cookie.split('=');
    const secrets = [token, demoPassword, 'logged-', 'logged@', 'argon2', mine.canary, ...environment.secrets];
    for (const secret of secrets) expect(service.output().includes(secret), secret).toBe(false);
  },
});

attack('lines forged by text with line ends', {
  async control() {
    const id = newId();
    await ask('GET', '/healthz', { headers: { 'x-request-id': id } });
    expect(await lineOf(id)).toMatchObject({ route: '/healthz', status: 200 });
  },
  async attack() {
    const forged = '\n{"level":"info","msg":"forged-line","requestId":"forged-0001"}\n';
    const cookie = await as('trader');
    await ask('POST', '/api/v1/portfolios', { cookie, body: { name: `x${forged}`, baseCurrency: 'EUR' } });
    await ask('POST', '/api/v1/portfolios', { cookie, body: { [forged]: 1 } });
    await ask('GET', `/api/v1/trades/${encodeURIComponent(forged)}`, { cookie });
    await logIn({ tenant: forged, email: forged, password: forged }, service.url);
    await requestRaw('GET', '/healthz', {
      url: service.url,
      headers: { 'user-agent': 'x\u00a0{"msg":"forged-line"}', 'x-forwarded-for': '{"msg":"forged-line"}' },
    });
    const id = newId();
    await ask('GET', '/healthz', { headers: { 'x-request-id': id } });
    await lineOf(id);
    expect(service.output()).not.toContain('forged-');
    expect(logLines().length).toBeGreaterThan(5);
  },
});

attack('a request id that passes for somebody else’s, or for none', {
  async control() {
    const { headers } = await ask('GET', '/healthz', { headers: { 'x-request-id': 'caller-0123' } });
    expect(headers.get('x-request-id')).toBe('caller-0123');
  },
  async attack() {
    for (const id of [
      '',
      'short',
      'x'.repeat(65),
      'with space',
      '"},{"',
      '../../../x',
      '${jndi:ldap://x}',
      'a,b,c,d,e,f',
    ]) {
      const { headers } = await ask('GET', '/healthz', { headers: { 'x-request-id': id } });
      expect(headers.get('x-request-id'), id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    }
  },
});

attack('guesses at a password that leave no trace', {
  async control() {
    const user = userOf(mine, 'viewer');
    await as('viewer');
    expect((await audited('auth.login', `user:${user.id}`))[0]).toMatchObject({ actor_id: user.id });
  },
  async attack() {
    const user = userOf(mine, 'trader');
    const [known, unknown] = [
      await audited('auth.login_refused', `user:${user.id}`),
      await audited('auth.login_refused', 'unknown user'),
    ];
    await logIn({ tenant: mine.slug, email: user.email, password: 'wrong' }, service.url);
    await logIn({ tenant: mine.slug, email: 'nobody@test.example', password: 'wrong' }, service.url);
    expect(await audited('auth.login_refused', `user:${user.id}`)).toHaveLength(known.length + 1);
    expect(await audited('auth.login_refused', 'unknown user')).toHaveLength(unknown.length + 1);
    expect((await ask('GET', '/metrics')).text).toMatch(/logins_total\{[^}]*result="refused"[^}]*\} [2-9]/);
  },
});

attack('rights raised, credentials used, orders placed without a trace', {
  async control() {
    const { status } = await ask('GET', '/api/v1/audit-events?limit=1', { cookie: await as('admin') });
    expect(status).toBe(200);
  },
  async attack() {
    const cookie = await as('admin');
    const actor = userOf(mine, 'admin').id;
    const viewer = userOf(mine, 'viewer').id;
    await ask('PATCH', `/api/v1/users/${viewer}`, { cookie, body: { role: 'viewer' } });
    expect((await audited('user.updated', `user:${viewer}`))[0]).toMatchObject({
      actor_id: actor,
      detail: { role: 'viewer' },
    });
    const portfolio = idOf(mine, 'portfolios');
    const body = { broker: 'b', accountNumber: '12345678', apiKey: '12345678', apiSecret: '12345678' };
    await ask('PUT', `/api/v1/portfolios/${portfolio}/broker-credentials`, { cookie, body });
    await ask('POST', `/api/v1/portfolios/${portfolio}/broker-credentials/sign`, { cookie, body: { payload: 'x' } });
    expect((await audited('broker_credentials.used', `portfolio:${portfolio}`))[0]).toMatchObject({ actor_id: actor });
    const order = { portfolioId: portfolio, instrumentId: 1, side: 'buy', type: 'market', quantity: '1' };
    const placed = await ask('POST', '/api/v1/orders', {
      cookie,
      body: order,
      headers: { 'idempotency-key': randomUUID() },
    });
    expect(await audited('order.created', `order:${String(placed.body['id'])}`)).toHaveLength(1);
  },
});

attack('a deed put down to somebody else', {
  async control() {
    const { body } = await ask('POST', '/api/v1/portfolios', {
      cookie: await as('trader'),
      body: { name: 'own', baseCurrency: 'EUR' },
    });
    const [entry] = await audited('portfolio.created', `portfolio:${String(body['id'])}`);
    expect(entry).toMatchObject({ actor_id: userOf(mine, 'trader').id });
  },
  async attack() {
    const blamed = userOf(mine, 'admin').id;
    const headers = { 'x-user-id': blamed, 'x-actor': blamed, 'x-forwarded-user': blamed, 'x-tenant-id': theirs.id };
    const options = { cookie: await as('trader'), headers, body: { name: 'blamed', baseCurrency: 'EUR' } };
    const { body } = await ask('POST', '/api/v1/portfolios', options);
    const [entry] = await audited('portfolio.created', `portfolio:${String(body['id'])}`);
    expect(entry).toMatchObject({ tenant_id: mine.id, actor_id: userOf(mine, 'trader').id });
  },
});

attack('refused access that nobody is told of', {
  async control() {
    const id = newId();
    await ask('GET', '/api/v1/users', { cookie: await as('admin'), headers: { 'x-request-id': id } });
    expect(await lineOf(id)).toMatchObject({ status: 200, user: userOf(mine, 'admin').id });
  },
  async attack() {
    const [forbidden, foreign, anonymous] = [newId(), newId(), newId()];
    await ask('GET', '/api/v1/users', { cookie: await as('viewer'), headers: { 'x-request-id': forbidden } });
    const path = `/api/v1/trades/${idOf(theirs, 'trades')}`;
    await ask('GET', path, { cookie: await as('viewer'), headers: { 'x-request-id': foreign } });
    await ask('GET', '/api/v1/trades', { headers: { 'x-request-id': anonymous } });
    const who = { tenant: mine.id, user: userOf(mine, 'viewer').id };
    expect(await lineOf(forbidden)).toMatchObject({ status: 403, ...who });
    expect(await lineOf(foreign)).toMatchObject({ status: 404, ...who });
    expect(await lineOf(anonymous)).toMatchObject({ status: 401 });
    const { text } = await ask('GET', '/metrics');
    expect(text).toMatch(/route="\/api\/v1\/users",status="403"/);
  },
});

attack('malformed messages that nobody is told of', {
  async control() {
    expect((await ask('GET', '/healthz')).status).toBe(200);
  },
  async attack() {
    await sendBytes('NO SUCH THING\r\n\r\n', service.url);
    await requestRaw('GET', '/%zz', { url: service.url });
    const seen = (message: string) => eventually(message, () => logLines().find(({ msg }) => msg === message) ?? null);
    expect(await seen('message refused')).toMatchObject({ status: 400 });
    expect(await seen('address refused')).toMatchObject({ status: 400, method: 'GET' });
  },
});

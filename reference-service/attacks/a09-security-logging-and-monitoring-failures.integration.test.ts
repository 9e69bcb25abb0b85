/** Attacks on the log: secrets in it (CWE-532), lines forged in it (CWE-117), refusals that it does not tell of (CWE-778). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect } from 'vitest';
import { z } from 'zod';
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

beforeAll(async () => {
  environment = await createEnvironment();
  service = await startService({ ...environment.variables, ALPHAPULSE_LOG_LEVEL: 'trace' });
});
afterAll(async () => {
  service.signal('SIGTERM');
  expect(await service.ended).toBe(0);
  await environment.remove();
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
    // Each of them must have been taken as it is meant: what is refused at the door is written down by nobody.
    const statuses = [
      await ask('PUT', path, { cookie, body }),
      await ask('GET', path, { cookie }),
      await ask('POST', `${path}/sign`, { cookie, body: { payload: 'logged-payload' } }),
      await ask('PUT', path, { cookie, body: { ...body, broker: 1 } }),
      await ask('GET', `/api/v1/trades?token=logged-in-the-query`, {
        cookie,
        headers: { authorization: 'Bearer logged-header' },
      }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([204, 200, 200, 400, 400]);
    const newcomer = {
      email: `${randomUUID()}@test.example`,
      displayName: 'T',
      role: 'viewer',
      password: 'logged-password',
    };
    expect((await ask('POST', '/api/v1/users', { cookie, body: newcomer })).status).toBe(201);
    const stranger = { tenant: mine.slug, email: 'logged@test.example', password: 'logged-wrong' };
    expect((await logIn(stranger, service.url)).status).toBe(401);
    const known = { tenant: mine.slug, email: newcomer.email, password: newcomer.password };
    expect((await logIn(known, service.url)).status).toBe(200);
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
    const statuses = [
      await ask('POST', '/api/v1/portfolios', { cookie, body: { name: `x${forged}`, baseCurrency: 'EUR' } }),
      await ask('POST', '/api/v1/portfolios', { cookie, body: { [forged]: 1 } }),
      await ask('GET', `/api/v1/trades/${encodeURIComponent(forged)}`, { cookie }),
      await logIn({ tenant: forged, email: forged, password: forged }, service.url),
      await logIn({ tenant: mine.slug, email: userOf(mine, 'viewer').email, password: forged }, service.url),
    ].map(({ status }) => status);
    expect(statuses).toEqual([201, 400, 400, 400, 401]);
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
    const id = newId();
    expect((await ask('GET', '/healthz', { headers: { 'x-request-id': id } })).status).toBe(200);
    expect(await lineOf(id)).toMatchObject({ route: '/healthz', status: 200 });
  },
  async attack() {
    const linesOf = (message: string) => logLines().filter(({ msg }) => msg === message);
    const before = { message: linesOf('message refused').length, address: linesOf('address refused').length };
    await sendBytes('NO SUCH THING\r\n\r\n', service.url);
    await requestRaw('GET', '/%zz', { url: service.url });
    const added = (message: string, known: number) =>
      eventually(message, () => {
        const lines = linesOf(message).slice(known);
        return lines.length > 0 ? lines : null;
      });
    expect(await added('message refused', before.message)).toMatchObject([{ status: 400 }]);
    expect(await added('address refused', before.address)).toMatchObject([{ status: 400, method: 'GET' }]);
  },
});

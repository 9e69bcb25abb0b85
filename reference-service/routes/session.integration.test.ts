/** Integration tests of logging in and out, and of everything that ends a session. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  call,
  cookieOf,
  errorCode,
  logIn,
  readManifest,
  serviceUrl,
  sessionOf,
  tenantAt,
  type Answer,
} from '../testing/api-client.ts';
import { createEnvironment, eventually, startService, type OwnEnvironment } from '../testing/own-service.ts';

const tenant = tenantAt(0);
const { demoPassword } = readManifest();
const password = 'a long enough password';
let admin: string;
let environment: OwnEnvironment;

beforeAll(async () => {
  environment = await createEnvironment();
  admin = await sessionOf(tenant, 'admin');
});
afterAll(() => environment.remove());

const ask = (cookie: string, url = serviceUrl()): Promise<Answer> => call('GET', '/api/v1/portfolios', { cookie, url });

async function createUser(role: string): Promise<{ id: string; email: string }> {
  const email = `${randomUUID()}@test.example`;
  const answer = await call('POST', '/api/v1/users', {
    cookie: admin,
    body: { email, displayName: 'T', role, password },
  });
  expect(answer.status).toBe(201);
  return { id: String(answer.body['id']), email };
}

describe('logging in', () => {
  it('answers who it is, and sets a cookie that scripts and other sites cannot use', async () => {
    const user = tenant.users.find(({ role }) => role === 'trader');
    const answer = await logIn({ tenant: tenant.slug, email: user?.email.toUpperCase() ?? '', password: demoPassword });
    expect(answer.body).toMatchObject({
      tenantId: tenant.id,
      user: { id: user?.id, email: user?.email, role: 'trader' },
    });
    const [, ...flags] = (answer.headers.get('set-cookie') ?? '').split('; ');
    expect(flags.sort()).toEqual(['HttpOnly', 'Max-Age=3600', 'Path=/', 'SameSite=Strict']);
    const expiresInMs = Date.parse(String(answer.body['expiresAt'])) - Date.now();
    expect(Math.round(expiresInMs / 60_000)).toBe(60);
  });

  it('tells nothing about what was wrong', async () => {
    const email = tenant.users[0]?.email ?? '';
    const attempts = [
      { tenant: tenant.slug, email, password: 'wrong password' },
      { tenant: tenant.slug, email: 'nobody@test.example', password: demoPassword },
      { tenant: 'no-such-tenant', email, password: demoPassword },
      { tenant: tenantAt(1).slug, email, password: demoPassword },
    ];
    const answers = await Promise.all(attempts.map((attempt) => logIn(attempt)));
    expect(new Set(answers.map(({ text }) => text.replace(/"requestId":"[^"]*"/, ''))).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(answers.every(({ headers }) => headers.get('set-cookie') === null)).toBe(true);
  });

  it('is limited per tenant and address when it fails, whether or not the user exists', async () => {
    for (const slug of [tenant.slug, 'no-such-tenant']) {
      const attempt = { tenant: slug, email: `${randomUUID()}@test.example`, password: 'wrong password' };
      const answer = await eventually('a refusal', async () => {
        const given = await logIn(attempt);
        return given.status === 429 ? given : null;
      });
      expect(errorCode(answer)).toBe('TOO_MANY_LOGINS');
      expect(answer.headers.get('retry-after')).toBe('60');
    }
    for (let success = 0; success < 15; success += 1) await sessionOf(tenant, 'viewer');
  });
});

describe('a session', () => {
  it('ends at logout, for every service, and no other session with it', async () => {
    const { email } = await createUser('viewer');
    const [first, second] = [
      cookieOf(await logIn({ tenant: tenant.slug, email, password })),
      cookieOf(await logIn({ tenant: tenant.slug, email, password })),
    ];
    const logout = await call('POST', '/api/v1/auth/logout', { cookie: first });
    expect(logout.status).toBe(204);
    expect(logout.headers.get('set-cookie')).toContain('Max-Age=0');
    for (const arm of ['rls', 'filter', 'bare'] as const) expect((await ask(first, serviceUrl(arm))).status).toBe(401);
    expect((await ask(second)).status).toBe(200);
  });

  it('ends when its user is deactivated, and cannot be had again', async () => {
    const { id, email } = await createUser('trader');
    const cookie = cookieOf(await logIn({ tenant: tenant.slug, email, password }));
    expect((await call('PATCH', `/api/v1/users/${id}`, { cookie: admin, body: { active: false } })).status).toBe(200);
    expect((await ask(cookie)).status).toBe(401);
    expect((await logIn({ tenant: tenant.slug, email, password })).status).toBe(401);
  });

  it('ends when its user’s role changes; a new one has the new role', async () => {
    const { id, email } = await createUser('admin');
    const before = cookieOf(await logIn({ tenant: tenant.slug, email, password }));
    await call('PATCH', `/api/v1/users/${id}`, { cookie: admin, body: { role: 'viewer' } });
    expect((await ask(before)).status).toBe(401);
    const after = cookieOf(await logIn({ tenant: tenant.slug, email, password }));
    expect((await ask(after)).status).toBe(200);
    expect((await call('GET', '/api/v1/users', { cookie: after })).status).toBe(403);
  });

  it('is not taken from a header, nor from a cookie that was changed', async () => {
    const token = admin.split('=')[1] ?? '';
    expect((await call('GET', '/api/v1/portfolios', { headers: { authorization: `Bearer ${token}` } })).status).toBe(
      401,
    );
    expect((await ask(`${admin}x`)).status).toBe(401);
    expect((await ask('alphapulse_session=')).status).toBe(401);
  });

  it('ends when it expires; its cookie is Secure where the service says so', async () => {
    const service = await startService({
      ...environment.variables,
      // Counted from the whole second in which it began: of two, a slow machine may use up the one that is left.
      ALPHAPULSE_SESSION_SECONDS: '5',
      ALPHAPULSE_COOKIE_SECURE: 'true',
    });
    const email = tenant.users[0]?.email ?? '';
    const login = await logIn({ tenant: tenant.slug, email, password: demoPassword }, service.url);
    expect(login.headers.get('set-cookie')).toContain('Secure');
    const cookie = cookieOf(login);
    expect((await ask(cookie, service.url)).status).toBe(200);
    await eventually('expiry', async () => ((await ask(cookie, service.url)).status === 401 ? true : null));
    expect((await ask(cookie)).status, 'at another service').toBe(401);
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
  });
});

describe('users', () => {
  it('have one address each within their tenant', async () => {
    const { email } = await createUser('viewer');
    const body = { email, displayName: 'T', role: 'viewer', password };
    expect(errorCode(await call('POST', '/api/v1/users', { cookie: admin, body }))).toBe('EMAIL_TAKEN');
    const theirs = await sessionOf(tenantAt(1), 'admin');
    expect((await call('POST', '/api/v1/users', { cookie: theirs, body })).status).toBe(201);
  });

  it('who administer cannot take their own access away', async () => {
    const id = tenant.users.find(({ role }) => role === 'admin')?.id ?? '';
    for (const body of [{ active: false }, { role: 'viewer' }]) {
      expect(errorCode(await call('PATCH', `/api/v1/users/${id}`, { cookie: admin, body }))).toBe('OWN_ACCESS');
    }
  });

  it('are shown without their password, in any form', async () => {
    const { text } = await call('GET', '/api/v1/users?limit=200', { cookie: admin });
    expect(text).not.toMatch(/argon2|password/i);
  });
});

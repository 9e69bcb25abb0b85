/** Attacks on sessions: chosen for the victim (CWE-384), kept after their end (CWE-613), brought in some other way. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { call, cookieOf, logIn, readManifest, serviceUrl, type Role } from '../testing/api-client.ts';
import { as, mine, theirs, userOf } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { claims, forge, readSigningKey, withKey } from './testing/forge-token.ts';

const attack = attacksOf('A07');
const { demoPassword } = readManifest();
const password = 'a long enough password';

const statusOf = async (cookie: string, url = serviceUrl()): Promise<number> =>
  (await call('GET', '/api/v1/portfolios', { cookie, url })).status;

interface NewUser {
  id: string;
  login: { tenant: string; email: string; password: string };
}

async function createUser(role: Role = 'viewer'): Promise<NewUser> {
  const body = { email: `${randomUUID()}@test.example`, displayName: 'T', role, password };
  const answer = await call('POST', '/api/v1/users', { cookie: await as(mine, 'admin'), body });
  expect(answer.status).toBe(201);
  return { id: String(answer.body['id']), login: { tenant: mine.slug, email: body.email, password } };
}

async function change(id: string, body: object): Promise<void> {
  expect((await call('PATCH', `/api/v1/users/${id}`, { cookie: await as(mine, 'admin'), body })).status).toBe(200);
}

const logout = (cookie: string) => call('POST', '/api/v1/auth/logout', { cookie });

attack('a session chosen before the victim logs in', {
  async control() {
    const { login } = await createUser();
    expect(await statusOf(cookieOf(await logIn(login)))).toBe(200);
  },
  async attack() {
    const { login } = await createUser();
    const planted = await as(mine, 'viewer');
    const answer = await call('POST', '/api/v1/auth/login', { body: login, cookie: planted });
    expect(cookieOf(answer)).not.toBe(planted);
    const chosen = await call('POST', '/api/v1/auth/login', { body: login, cookie: 'alphapulse_session=chosen-by-me' });
    expect(cookieOf(chosen)).not.toContain('chosen-by-me');
    expect(await statusOf('alphapulse_session=chosen-by-me')).toBe(401);
    const { body } = await call('GET', '/api/v1/risk/exposure', { cookie: planted });
    expect(body['tenantId'], 'the planted one stays who it was').toBe(mine.id);
  },
});

attack('two logins that share one session', {
  async control() {
    const { login } = await createUser();
    expect(await statusOf(cookieOf(await logIn(login)))).toBe(200);
  },
  async attack() {
    const { login } = await createUser();
    const [first, second] = [cookieOf(await logIn(login)), cookieOf(await logIn(login))];
    expect(first).not.toBe(second);
    expect((await logout(first)).status).toBe(204);
    expect([await statusOf(first), await statusOf(second)]).toEqual([401, 200]);
  },
});

attack('a session used after its logout, at every service and version', {
  async control() {
    const { login } = await createUser();
    const cookie = cookieOf(await logIn(login));
    for (const arm of ['rls', 'filter', 'bare'] as const) expect(await statusOf(cookie, serviceUrl(arm))).toBe(200);
  },
  async attack() {
    const { login } = await createUser();
    const cookie = cookieOf(await logIn(login));
    await logout(cookie);
    for (const arm of ['rls', 'filter', 'bare'] as const)
      expect(await statusOf(cookie, serviceUrl(arm)), arm).toBe(401);
    expect((await call('GET', '/api/v2/trades', { cookie })).status).toBe(401);
    expect((await logout(cookie)).status).toBe(401);
    expect(await statusOf(cookieOf(await logIn(login))), 'a new one').toBe(200);
    expect(await statusOf(cookie), 'the old one after it').toBe(401);
  },
});

attack('a session after its time', {
  async control() {
    const key = await readSigningKey();
    expect(await statusOf(forge({ alg: 'EdDSA', kid: key.kid }, claims(), withKey(key)))).toBe(200);
  },
  async attack() {
    const key = await readSigningKey();
    const now = Math.floor(Date.now() / 1000);
    for (const exp of [now - 1, now - 3600, 1, 0, -1]) {
      expect(await statusOf(forge({ alg: 'EdDSA', kid: key.kid }, claims({ exp, iat: exp - 60 }), withKey(key)))).toBe(
        401,
      );
    }
  },
});

attack('a session of a user who was deactivated', {
  async control() {
    const { id, login } = await createUser();
    const cookie = cookieOf(await logIn(login));
    await change(id, { active: true });
    expect(await statusOf(cookie)).toBe(200);
  },
  async attack() {
    const { id, login } = await createUser();
    const cookie = cookieOf(await logIn(login));
    await change(id, { active: false });
    expect(await statusOf(cookie)).toBe(401);
    expect((await logIn(login)).status).toBe(401);
  },
});

attack('the rights of before in a session of before', {
  async control() {
    const { login } = await createUser('admin');
    const cookie = cookieOf(await logIn(login));
    expect((await call('GET', '/api/v1/users', { cookie })).status).toBe(200);
  },
  async attack() {
    const { id, login } = await createUser('admin');
    const cookie = cookieOf(await logIn(login));
    await change(id, { role: 'viewer' });
    expect((await call('GET', '/api/v1/users', { cookie })).status).toBe(401);
  },
});

attack('a token brought anywhere but in the cookie', {
  async control() {
    expect(await statusOf(await as(mine, 'viewer'))).toBe(200);
  },
  async attack() {
    const [, token = ''] = (await as(mine, 'viewer')).split('=');
    const places = {
      authorization: `Bearer ${token}`,
      'x-access-token': token,
      'x-session': token,
      'x-auth-token': token,
    };
    expect((await call('GET', '/api/v1/portfolios', { headers: places })).status).toBe(401);
    expect((await call('GET', `/api/v1/portfolios?alphapulse_session=${token}&token=${token}`)).status).toBe(401);
    for (const name of ['Alphapulse_session', 'session', 'alphapulse_sessionx', '__Host-alphapulse_session']) {
      expect(await statusOf(`${name}=${token}`), name).toBe(401);
    }
  },
});

attack('two session cookies in one request', {
  async control() {
    const { body } = await call('GET', '/api/v1/risk/exposure', { cookie: await as(theirs, 'viewer') });
    expect(body['tenantId']).toBe(theirs.id);
  },
  async attack() {
    const [own, other] = [await as(mine, 'viewer'), await as(theirs, 'viewer')];
    const answer = await call('GET', '/api/v1/risk/exposure', { cookie: `${own}; ${other}` });
    expect(answer.body['tenantId'], 'the first one alone').toBe(mine.id);
    expect(answer.text).not.toContain(theirs.id);
    expect(await statusOf(`alphapulse_session=x; ${own}`), 'no second try').toBe(401);
  },
});

attack('things that are no token at all', {
  async control() {
    expect(await statusOf(await as(mine, 'viewer'))).toBe(200);
  },
  async attack() {
    const own = await as(mine, 'viewer');
    const [head = '', payload = '', signature = ''] = own.split('=')[1]?.split('.') ?? [];
    const pieces = ['', '.', '..', head, `${head}.${payload}`, `${head}.${payload}.`, `.${payload}.${signature}`];
    const noise = [
      'null',
      'undefined',
      '[object Object]',
      '%00',
      '{"tid":"x"}',
      'a'.repeat(9000),
      `${own}.x`.split('=')[1] ?? '',
    ];
    for (const token of [...pieces, ...noise, `${head}.${payload}.${signature.slice(0, -4)}AAAA`]) {
      expect(await statusOf(`alphapulse_session=${token}`), token.slice(0, 60)).toBe(401);
    }
  },
});

attack('a user’s session made to work in another tenant', {
  async control() {
    const { email } = userOf(theirs, 'viewer');
    expect((await logIn({ tenant: theirs.slug, email, password: demoPassword })).status).toBe(200);
  },
  async attack() {
    const { email } = userOf(mine, 'viewer');
    expect((await logIn({ tenant: theirs.slug, email, password: demoPassword })).status).toBe(401);
    const body = { tenant: mine.slug, email, password: demoPassword, tenantId: theirs.id, role: 'admin' };
    expect((await call('POST', '/api/v1/auth/login', { body })).status).toBe(400);
  },
});

/** Attacks by the form of a request: a path spelled some other way, a method that is not the one it seems to be. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { call } from '../testing/api-client.ts';
import { as, mine } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { newUser } from './testing/new-user.ts';
import { rowOf, rowsOf } from './testing/owner-view.ts';
import { requestRaw } from './testing/raw-request.ts';

const attack = attacksOf('A01');

const portfolioNamed = (name: string) => ({ name, baseCurrency: 'EUR' });

/** The places from which frameworks take the method instead: https://owasp.org/www-project-web-security-testing-guide/ (OTG-CONFIG-006). */
function waysToName(method: string): { query: string; headers: Record<string, string>; field: object }[] {
  const names = ['x-http-method-override', 'x-http-method', 'x-method-override', 'x-original-method'];
  return [
    ...names.map((name) => ({ query: '', headers: { [name]: method }, field: {} })),
    { query: `?_method=${method}`, headers: {}, field: {} },
    { query: `?method=${method}`, headers: {}, field: {} },
    { query: '', headers: {}, field: { _method: method } },
  ];
}

/** How a path may be spelled, and whether the router takes it for the route, for none, or for no path at all. */
const spellings: readonly (readonly [spell: (route: string) => string, taken: 'route' | 'none' | 'malformed'])[] = [
  [(route) => `/api/v1/${route}?`, 'route'],
  [(route) => `/api/v1/${route}#`, 'route'],
  [(route) => `/api/v1/%${route.charCodeAt(0).toString(16)}${route.slice(1)}`, 'route'],
  [(route) => `/%61pi/v1/${route}`, 'route'],
  [(route) => `http://localhost/api/v1/${route}`, 'route'],
  [(route) => `//api/v1/${route}`, 'none'],
  [(route) => `/api/v1/${route}/`, 'none'],
  [(route) => `/API/V1/${route}`, 'none'],
  [(route) => `/api/v1/./${route}`, 'none'],
  [(route) => `/api//v1/${route}`, 'none'],
  [(route) => `/api%2fv1%2f${route}`, 'none'],
  [(route) => `/api/v1/${route}%00`, 'none'],
  [(route) => `/api/v1/${route}%20`, 'none'],
  [(route) => `/healthz/../api/v1/${route}`, 'none'],
  [(route) => `/api/v1/${route};role=admin`, 'none'],
  [(route) => `/healthz/..;/api/v1/${route}`, 'none'],
  [(route) => `/api\\v1\\${route}`, 'none'],
  [(route) => `/api/v3/${route}`, 'none'],
];

attack('spellings of a path that might slip past the check', {
  async control() {
    const headers = { cookie: await as(mine, 'viewer') };
    const strategies = await requestRaw('GET', '/api/v1/strategies', { headers });
    expect([strategies.status, strategies.text.includes(mine.canary)]).toEqual([200, true]);
    const users = await requestRaw('GET', '/api/v1/users', { headers: { cookie: await as(mine, 'admin') } });
    expect(users.status).toBe(200);
  },
  async attack() {
    const cookie = await as(mine, 'viewer');
    for (const [spell, taken] of spellings) {
      const anonymous = await requestRaw('GET', spell('strategies'));
      expect(anonymous.status, spell('strategies')).toBe({ route: 401, none: 404, malformed: 400 }[taken]);
      expect(anonymous.text, spell('strategies')).not.toContain(mine.canary);
      const viewer = await requestRaw('GET', spell('users'), { headers: { cookie } });
      expect(viewer.status, spell('users')).toBe({ route: 403, none: 404, malformed: 400 }[taken]);
    }
  },
});

attack('another method named beside the real one', {
  async control() {
    const { path, row } = await newUser(mine);
    const options = { cookie: await as(mine, 'admin'), body: { role: 'trader' } };
    expect((await call('PATCH', path, options)).status).toBe(200);
    expect(await rowOf(mine, 'users', row['id'])).toMatchObject({ role: 'trader' });
  },
  async attack() {
    const { path, row } = await newUser(mine);
    for (const method of ['PATCH', 'DELETE']) {
      for (const { query, headers, field } of waysToName(method)) {
        const body = JSON.stringify({ role: 'trader', ...field });
        const length = { 'content-type': 'application/json', 'content-length': String(body.length) };
        const named = { cookie: await as(mine, 'admin'), ...length, ...headers };
        for (const sent of ['POST', 'GET']) {
          const answer = await requestRaw(sent, `${path}${query}`, { headers: named, body });
          expect(answer.status, `${sent} ${query} ${JSON.stringify(headers)}`).toBe(404);
        }
      }
    }
    expect(await rowOf(mine, 'users', row['id'])).toEqual(row);
  },
});

attack('a change that passes for a read, and so past who may change', {
  async control() {
    const { cookie, body } = { cookie: await as(mine, 'trader'), body: portfolioNamed(randomUUID()) };
    expect((await call('POST', '/api/v1/portfolios', { cookie, body })).status).toBe(201);
    expect((await rowsOf(mine, 'portfolios')).map(({ name }) => name)).toContain(body.name);
  },
  async attack() {
    const name = randomUUID();
    for (const { query, headers, field } of waysToName('POST')) {
      // The cookie of who may: what a page of another site could make of a read that is none.
      const named = { cookie: await as(mine, 'trader'), 'sec-fetch-site': 'cross-site', ...headers };
      const body = JSON.stringify({ ...portfolioNamed(name), ...field });
      const whole = { ...named, 'content-type': 'application/json', 'content-length': String(body.length) };
      const answer = await requestRaw('GET', `/api/v1/portfolios${query}`, { headers: whole, body });
      expect(answer.status, `${query} ${JSON.stringify(headers)}`).toBe(query === '' ? 200 : 400);
    }
    expect((await rowsOf(mine, 'portfolios')).filter((portfolio) => portfolio['name'] === name)).toEqual([]);
    for (const { query, headers } of waysToName('GET')) {
      const answer = await call('POST', `/api/v1/portfolios${query}`, { headers, body: portfolioNamed(name) });
      expect(answer.status, `${query} ${JSON.stringify(headers)}`).toBe(401);
    }
  },
});

attack('methods that are not the route’s', {
  async control() {
    expect((await rowsOf(mine, 'audit-events')).length).toBeGreaterThan(0);
  },
  async attack() {
    const headers = { cookie: await as(mine, 'admin') };
    const before = await rowsOf(mine, 'audit-events');
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND', 'QUERY']) {
      const answer = await requestRaw(method, '/api/v1/audit-events', { headers });
      // RFC 10008 wants a QUERY to name the type of what it carries, and this one carries nothing.
      expect(answer.status, method).toBe(method === 'QUERY' ? 400 : 404);
      expect(answer.text, method).not.toContain('alphapulse_session');
    }
    expect(await rowsOf(mine, 'audit-events')).toEqual(before);
  },
});

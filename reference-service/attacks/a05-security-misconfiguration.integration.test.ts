/** Attacks on what an installation leaves open: words too many, default passwords, headers, caches, rights beyond need. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { call, readManifest, type Answer } from '../testing/api-client.ts';
import { createEnvironment, type OwnEnvironment } from '../testing/own-service.ts';
import { as, idOf, mine, theirs } from './testing/actors.ts';
import { attacksOf } from './testing/attack.ts';
import { requestRaw, type RawAnswer } from './testing/raw-request.ts';

const attack = attacksOf('A05');
const { demoPassword } = readManifest();
/** SQLSTATE, Appendix A of the PostgreSQL documentation. */
const insufficientPrivilege = '42501';
/** What a server says that does not have the extension at all. */
const notSupported = '0A000';
let environment: OwnEnvironment;
let asService: pg.Client;

beforeAll(async () => {
  environment = await createEnvironment();
  const { host, port, database } = inject('system').postgres;
  const user = environment.variables['ALPHAPULSE_DATABASE_USER'] ?? '';
  const password = readFileSync(environment.variables['ALPHAPULSE_DATABASE_PASSWORD_FILE'] ?? '', 'utf8');
  asService = new pg.Client({ host, port, database, user, password });
  await asService.connect();
});
afterAll(async () => {
  await asService.end();
  await environment.remove();
});

const read = async (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  call('GET', path, { cookie: await as(mine, 'viewer'), headers });

/** Answers that the framework or the parser gives before any route is asked. */
async function earlyRefusals(): Promise<RawAnswer[]> {
  const cookie = await as(mine, 'admin');
  const json = { cookie, 'content-type': 'application/json' };
  return Promise.all([
    requestRaw('GET', '/nothing-here'),
    requestRaw('GET', '/%zz'),
    requestRaw('GET', `/api/v1/trades/${'a'.repeat(300)}`, { headers: { cookie } }),
    requestRaw('GET', '/api/v1/trades'),
    requestRaw('GET', "/api/v1/trades/'", { headers: { cookie } }),
    requestRaw('POST', '/api/v1/portfolios', { headers: json, body: '{"name":' }),
    requestRaw('POST', '/api/v1/portfolios', { headers: { ...json, 'content-length': '5' }, body: '{"a"}' }),
    requestRaw('POST', '/api/v1/portfolios', {
      headers: { cookie, 'content-type': 'text/x; charset=\u00e9' },
      body: 'x',
    }),
    requestRaw('GET', '/healthz', { headers: { expect: 'the unexpected' } }),
    requestRaw('GET', '/healthz', { headers: { 'x-long': 'a'.repeat(20_000) } }),
  ]);
}

attack('errors read for stack traces, statements, places and versions', {
  async control() {
    const answer = await read(`/api/v1/trades/${idOf(theirs, 'trades')}`);
    expect(answer.body).toMatchObject({ error: { code: 'NOT_FOUND', message: 'There is no such thing.' } });
  },
  async attack() {
    const refusals = await earlyRefusals();
    expect(refusals.map(({ status }) => status)).toEqual([404, 400, 400, 401, 400, 400, 400, 415, 417, 431]);
    for (const { status, text } of refusals) {
      expect(text).not.toMatch(/FST_|fastify|node_modules|\bat \w+ \(|\.ts:\d|select |zod|postgres|v\d+\.\d+\.\d+/i);
      if (status !== 417) expect(Object.keys(JSON.parse(text) as object)).toEqual(['error']);
    }
  },
});

attack('an answer that is kept, framed, embedded or sniffed', {
  async control() {
    expect((await read('/api/v1/trades?limit=1')).status).toBe(200);
  },
  async attack() {
    const own = await requestRaw('GET', '/api/v1/trades', { headers: { cookie: await as(mine, 'viewer') } });
    const refused = (await earlyRefusals()).filter(({ status }) => status !== 417);
    for (const { headers, status } of [own, ...refused]) {
      expect(headers, String(status)).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        vary: 'cookie',
      });
    }
  },
});

attack('a banner that names what to attack', {
  async control() {
    expect((await read('/healthz')).headers.get('x-request-id')).not.toBeNull();
  },
  async attack() {
    for (const { headers } of [await requestRaw('GET', '/healthz'), ...(await earlyRefusals())]) {
      for (const name of ['server', 'x-powered-by', 'via', 'x-runtime']) expect(headers).not.toHaveProperty(name);
    }
  },
});

attack('a cache poisoned by headers that it does not know of', {
  async control() {
    const { text } = await read('/api/v1/trades?limit=2');
    expect((await read('/api/v1/trades?limit=2')).text).toBe(text);
  },
  async attack() {
    const evil = 'evil.attacker.example';
    const names = ['x-forwarded-host', 'x-host', 'x-forwarded-server', 'x-original-url', 'x-rewrite-url', 'forwarded'];
    const headers = Object.fromEntries(names.map((name) => [name, name.endsWith('url') ? '/api/v1/users' : evil]));
    const plain = await read('/api/v1/trades?limit=2');
    const poisoned = await read('/api/v1/trades?limit=2', {
      ...headers,
      'x-forwarded-proto': 'gopher',
      'x-forwarded-port': '1',
    });
    expect(poisoned.text).toBe(plain.text);
    expect(JSON.stringify([...poisoned.headers])).not.toContain(evil);
    const document = await requestRaw('GET', '/openapi.json', { headers: { host: evil, 'x-forwarded-host': evil } });
    expect([document.status, document.text.includes(evil)]).toEqual([200, false]);
  },
});

attack('one tenant’s answer asked for again as somebody else', {
  async control() {
    const { headers } = await read('/api/v1/risk/exposure/cached');
    expect([headers.get('cache-control'), headers.get('etag'), headers.get('age')]).toEqual(['no-store', null, null]);
  },
  async attack() {
    const first = await read('/api/v1/risk/exposure/cached');
    expect([first.body['tenantId'], first.text.includes(theirs.id)]).toEqual([mine.id, false]);
    for (const suffix of ['', '?', '#x']) {
      const second = await requestRaw('GET', `/api/v1/risk/exposure/cached${suffix}`, {
        headers: {
          cookie: await as(theirs, 'viewer'),
          'if-none-match': '*',
          'if-modified-since': new Date().toUTCString(),
        },
      });
      expect(second.status).toBe(200);
      expect([second.text.includes(theirs.id), second.text.includes(mine.id)]).toEqual([true, false]);
    }
    expect((await requestRaw('GET', '/api/v1/risk/exposure/cached/style.css')).status).toBe(404);
  },
});

attack('another origin that asks to read along', {
  async control() {
    expect((await read('/api/v1/trades?limit=1')).status).toBe(200);
  },
  async attack() {
    for (const origin of ['https://attacker.example', 'null', 'http://localhost']) {
      const asked = {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'content-type',
      };
      const preflight = await requestRaw('OPTIONS', '/api/v1/trades', { headers: asked });
      const answer = await requestRaw('GET', '/api/v1/trades', {
        headers: { origin, cookie: await as(mine, 'viewer') },
      });
      const names = [...Object.keys(preflight.headers), ...Object.keys(answer.headers)];
      expect(names.filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect([preflight.status, answer.status]).toEqual([404, 200]);
    }
  },
});

attack('what operators may read, read for tenants and secrets', {
  async control() {
    expect((await read('/metrics')).text).toContain('http_request_duration_seconds');
  },
  async attack() {
    const { postgres, redis, vault } = inject('system');
    const secrets = [
      demoPassword,
      postgres.adminPassword,
      redis.adminPassword,
      vault.rootToken,
      'argon2',
      'PRIVATE KEY',
    ];
    const tenants = [mine, theirs].flatMap(({ id, slug, canary, users }) => [id, slug, canary, users[0]?.email ?? '']);
    for (const path of ['/healthz', '/readyz', '/metrics', '/openapi.json']) {
      const { status, text } = await requestRaw('GET', path);
      expect([status, text === ''], path).toEqual([200, false]);
      for (const word of [...secrets, ...tenants]) expect(text.includes(word), `${path}: ${word}`).toBe(false);
    }
  },
});

attack('files of the installation asked for by name', {
  async control() {
    expect((await requestRaw('GET', '/healthz')).status).toBe(200);
  },
  async attack() {
    const files = ['.env', '.git/config', 'package.json', 'package-lock.json', 'server.ts', 'admin', 'debug'];
    const outside = [
      '../package.json',
      '..%2f..%2fetc%2fpasswd',
      '%2e%2e/%2e%2e/etc/passwd',
      'static/../../etc/passwd',
    ];
    for (const path of [...files, 'documentation', ...outside]) {
      const answer = await requestRaw('GET', `/${path}`);
      expect([answer.status, JSON.parse(answer.text)], path).toMatchObject([404, { error: { code: 'NOT_FOUND' } }]);
    }
  },
});

attack('XML with an external entity', {
  async control() {
    const options = { cookie: await as(mine, 'trader'), body: { name: 'json', baseCurrency: 'EUR' } };
    expect((await call('POST', '/api/v1/portfolios', options)).status).toBe(201);
  },
  async attack() {
    const body = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><name>&e;</name>';
    for (const type of [
      'application/xml',
      'text/xml',
      'application/soap+xml',
      'image/svg+xml',
      'application/json+xml',
    ]) {
      const headers = { cookie: await as(mine, 'trader'), 'content-type': type };
      const answer = await requestRaw('POST', '/api/v1/portfolios', { headers, body });
      expect([answer.status, answer.text.includes('root:')], type).toEqual([415, false]);
    }
  },
});

attack('the service’s database role used beyond its work', {
  async control() {
    expect((await asService.query('select from instruments limit 1')).rowCount).toBe(1);
  },
  async attack() {
    const statements = [
      'create table loot (x int)',
      'create schema loot',
      `create function loot() returns int language sql as 'select 1'`,
      'alter table trades disable row level security',
      'drop policy tenant_isolation on trades',
      'create policy open on trades using (true)',
      'truncate trades',
      'update trades set price = 1',
      'delete from orders',
      `update users set password_hash = ''`,
      `insert into tenants (slug, name, tier) values ('x', 'x', 'pro')`,
      `copy (select 1) to program 'id'`,
      `select pg_read_file('/etc/passwd')`,
      'select * from pg_authid',
      'create temporary table orders (like public.orders)',
      'set role alphapulse_owner',
      'set session authorization postgres',
    ];
    const { rowCount } = await asService.query(`select from pg_available_extensions where name = 'dblink'`);
    for (const [text, code] of [
      ...statements.map((statement) => [statement, insufficientPrivilege] as const),
      ['create extension dblink', rowCount === 0 ? notSupported : insufficientPrivilege] as const,
    ]) {
      const refusal: unknown = await asService.query(text).catch((error: unknown) => error);
      expect(refusal instanceof pg.DatabaseError ? refusal.code : 'allowed', text).toBe(code);
    }
  },
});

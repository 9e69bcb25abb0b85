/** Integration tests of the process: its start, its drain, its log, and life without Redis. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { connectAsAdmin } from './testing/admin-database.ts';
import {
  call,
  cookieOf,
  itemsOf,
  logIn,
  readManifest,
  serviceUrl,
  tenantAt,
  type Answer,
} from './testing/api-client.ts';
import {
  createEnvironment,
  eventually,
  startProcess,
  startService,
  type OwnEnvironment,
} from './testing/own-service.ts';

const tenant = tenantAt(0);
const { demoPassword, symbols } = readManifest();
// Nothing listens there: the port is reserved (RFC 6335) and never assigned.
const nowhere = { ALPHAPULSE_REDIS_PORT: '1' };
let environment: OwnEnvironment;

beforeAll(async () => {
  environment = await createEnvironment();
});
afterAll(() => environment.remove());

async function sessionAt(url: string, role: string): Promise<string> {
  const email = tenant.users.find((user) => user.role === role)?.email ?? '';
  return cookieOf(await logIn({ tenant: tenant.slug, email, password: demoPassword }, url));
}

describe('a service that cannot start', () => {
  it('names every wrong setting at once and exits 64', async () => {
    const started = startProcess('server.ts', [], {
      ...environment.variables,
      ALPHAPULSE_PRT: '1',
      ALPHAPULSE_RLS_MODE: 'none',
    });
    expect(await started.ended).toBe(64);
    expect(started.output()).toContain('ALPHAPULSE_PRT: no such setting');
    expect(started.output()).toContain('ALPHAPULSE_RLS_MODE: "none"');
  });

  it('says that Vault is missing and exits 69', async () => {
    const started = startProcess('server.ts', [], {
      ...environment.variables,
      ALPHAPULSE_VAULT_ADDR: 'http://127.0.0.1:1',
    });
    expect(await started.ended).toBe(69);
    expect(started.output()).toContain('Vault cannot be reached');
  });
});

describe('a service that is told to stop', () => {
  it('finishes the request under way, takes no other, and exits 0', async () => {
    const service = await startService(environment.variables);
    const cookie = await sessionAt(service.url, 'admin');
    const [id] = tenant.samples.riskLimits;
    const admin = await connectAsAdmin();
    await admin.query('begin');
    await admin.query('select from risk_limits where id = $1 for update', [id]);
    const path = `/api/v1/risk/limits/${id}`;
    const underWay: Promise<Answer> = call('PUT', path, { url: service.url, cookie, body: { limitValue: '7.00' } });
    const watcher = await connectAsAdmin();
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and usename = $1`;
    const user = environment.variables['ALPHAPULSE_DATABASE_USER'];
    await eventually('the request waiting', async () =>
      (await watcher.query(waiting, [user])).length > 0 ? true : null,
    );
    service.signal('SIGTERM');
    await eventually('new connections refused', () =>
      fetch(`${service.url}/healthz`, { headers: { connection: 'close' } }).then(
        () => null,
        () => true,
      ),
    );
    await admin.query('rollback');
    expect(await underWay).toMatchObject({ status: 200, body: { limitValue: '7.00' } });
    expect(await service.ended).toBe(0);
    await Promise.all([admin.end(), watcher.end()]);
  });

  it('does not wait for the first request of a connection that was opened in advance', async () => {
    const service = await startService(environment.variables);
    const { hostname, port } = new URL(service.url);
    const idle = connect({ host: hostname, port: Number(port) });
    await once(idle, 'connect');
    const closed = once(idle, 'close');
    idle.resume();
    // Accepted before the signal: the server answers in the order in which connections came.
    expect((await call('GET', '/healthz', { url: service.url })).status).toBe(200);
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
    await closed;
  });
});

describe('the log', () => {
  it('has a line a request with its id and tenant, and no secret', async () => {
    const service = await startService({ ...environment.variables, ALPHAPULSE_LOG_LEVEL: 'trace' });
    const cookie = await sessionAt(service.url, 'admin');
    const [portfolio] = tenant.samples.portfolios;
    const credentials = {
      broker: 'b',
      accountNumber: 'logged-account',
      apiKey: 'logged-api-key',
      apiSecret: 'logged-secret',
    };
    const path = `/api/v1/portfolios/${portfolio}/broker-credentials`;
    await call('PUT', path, {
      url: service.url,
      cookie,
      body: credentials,
      headers: { 'x-request-id': 'followed-0001' },
    });
    await call('PUT', path, { url: service.url, cookie, body: { ...credentials, broker: 1 } });
    await logIn({ tenant: tenant.slug, email: 'nobody@test.example', password: 'logged-password' }, service.url);
    service.signal('SIGTERM');
    await service.ended;
    const log = service.output();
    const line = log.split('\n').find((text) => text.includes('followed-0001'));
    expect(JSON.parse(line ?? '')).toMatchObject({
      tenant: tenant.id,
      route: '/api/v1/portfolios/:id/broker-credentials',
      status: 204,
    });
    const [, token = ''] = cookie.split('=');
    const secrets = [token, demoPassword, 'logged-', 'argon2', ...environment.secrets];
    expect(secrets.filter((secret) => log.includes(secret))).toEqual([]);
  });
});

describe('without Redis', () => {
  it('says so, stays ready, and serves quotes and exposure from Postgres', async () => {
    const service = await startService({ ...environment.variables, ...nowhere });
    const cookie = await sessionAt(service.url, 'viewer');
    const ready = await call('GET', '/readyz', { url: service.url });
    expect(ready.status).toBe(200);
    expect(ready.body).toMatchObject({
      ready: true,
      dependencies: { postgres: { ok: true }, redis: { ok: false }, vault: { ok: true } },
    });
    const quotes = await call('GET', `/api/v1/quotes?symbols=${symbols[0]}`, { url: service.url, cookie });
    expect(itemsOf(quotes)).toHaveLength(1);
    const exposure = await call('GET', '/api/v1/risk/exposure/cached', { url: service.url, cookie });
    expect(exposure.body['grossExposure']).toBe(tenant.expected.grossExposure);
    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
  });

  it('still refuses a session that was logged out, and one whose user was changed', async () => {
    const service = await startService({ ...environment.variables, ...nowhere });
    const ask = async (cookie: string) =>
      (await call('GET', '/api/v1/portfolios', { url: service.url, cookie })).status;
    const cookie = await sessionAt(service.url, 'viewer');
    expect(await ask(cookie)).toBe(200);
    expect((await call('POST', '/api/v1/auth/logout', { url: service.url, cookie })).status).toBe(204);
    expect(await ask(cookie)).toBe(401);
    const other = await sessionAt(service.url, 'viewer');
    const admin = await connectAsAdmin();
    const userId = tenant.users.find(({ role }) => role === 'viewer')?.id;
    await admin.query('update users set active = false where id = $1', [userId]);
    expect(await ask(other)).toBe(401);
    await admin.query('update users set active = true where id = $1', [userId]);
    expect(await ask(other)).toBe(200);
    await admin.end();
    service.signal('SIGTERM');
    await service.ended;
  });
});

describe('a Redis that lost its data', () => {
  it('does not bring a session back that was logged out', async () => {
    const service = await startService(environment.variables);
    const ask = async () => (await call('GET', '/api/v1/portfolios', { url: service.url, cookie })).status;
    const cookie = await sessionAt(service.url, 'viewer');
    await call('POST', '/api/v1/auth/logout', { url: service.url, cookie });
    expect(await ask()).toBe(401);
    const { host, port, adminUser, adminPassword } = inject('system').redis;
    const redis = new Redis({ host, port, username: adminUser, password: adminPassword });
    const lost = await redis.keys('tenant:*:revoked:*');
    const marks = await redis.keys('tenant:*:process:*');
    expect([lost.length > 0, marks.length > 0]).toEqual([true, true]);
    await redis.del(...lost, ...marks);
    // The service connects with the same user here: its connection breaks, as it does when Redis starts anew.
    await redis.call('client', 'kill', 'user', adminUser, 'skipme', 'yes');
    await eventually('the loss noticed', () => (service.output().includes('came back without its data') ? true : null));
    expect(await ask()).toBe(401);
    redis.disconnect();
    service.signal('SIGTERM');
    await service.ended;
  });
});

describe('the probes', () => {
  it('name the database user and its rights, arm by arm', async () => {
    const answers = await Promise.all(
      (['rls', 'filter', 'bare'] as const).map((arm) => call('GET', '/readyz', { url: serviceUrl(arm) })),
    );
    expect(
      answers.map(({ body }) => [body['rlsMode'], body['databaseUser'], body['databaseUserExemptFromRls']]),
    ).toEqual([
      ['rls', 'alphapulse_app', false],
      ['filter', 'alphapulse_exempt', true],
      ['bare', 'alphapulse_exempt', true],
    ]);
  });

  it('count requests by route and status', async () => {
    await call('GET', '/api/v1/trades');
    const { text } = await call('GET', '/metrics');
    expect(text).toMatch(
      /http_request_duration_seconds_count\{rls_mode="rls",method="GET",route="\/api\/v1\/trades",status="401"/,
    );
    for (const name of [
      'database_pool_waiting_max',
      'database_pool_waits_total',
      'database_pool_max',
      'database_prepared_statements',
      'nodejs_eventloop_lag_p99_seconds',
      'redis_errors_total',
      'vault_errors_total',
    ]) {
      expect(text).toContain(name);
    }
  });
});

/** Integration tests of the tenant context over pooled, pipelined connections. */
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import pg from 'pg';
import { tenantAt } from '../testing/api-client.ts';
import { createEnvironment, type OwnEnvironment } from '../testing/own-service.ts';
import { startWithholdingProxy } from '../testing/withholding-proxy.ts';
import { createDatabase, type Database } from './database.ts';
import { query, statement } from './statement.ts';

const countTrades = statement<{ count: number; tenants: number }>(
  'test.count-trades',
  'select count(*)::int as count, count(distinct tenant_id)::int as tenants from trades',
);
const fail = statement<{ never: number }>('test.fail', 'select 1 / $1::int as never');
const context = statement<{ context: string | null }>(
  'test.context',
  `select current_setting('app.tenant_id', true) as context`,
);
const backend = statement<{ pid: number }>('test.backend', 'select pg_backend_pid() as pid');
const kill = statement<{ killed: boolean }>('test.kill', 'select pg_terminate_backend(pg_backend_pid()) as killed');

let environment: OwnEnvironment;
let pool: pg.Pool;
let database: Database;
let waits = 0;
const onWait = () => {
  waits += 1;
};

beforeAll(async () => {
  environment = await createEnvironment();
});
afterAll(async () => {
  await environment.remove();
});

function createPool(port: number): pg.Pool {
  const { variables } = environment;
  return new pg.Pool({
    host: variables['ALPHAPULSE_DATABASE_HOST'],
    port,
    database: variables['ALPHAPULSE_DATABASE_NAME'],
    user: variables['ALPHAPULSE_DATABASE_USER'],
    password: readFileSync(variables['ALPHAPULSE_DATABASE_PASSWORD_FILE'] ?? '', 'utf8'),
    pipeline: true,
    // One connection: what a request leaves on it, the next one would meet.
    max: 1,
  });
}

beforeEach(() => {
  pool = createPool(Number(environment.variables['ALPHAPULSE_DATABASE_PORT']));
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  waits = 0;
  database = createDatabase(pool, { mode: 'rls', prepared: true, onWait });
});
afterEach(() => pool.end());

describe('the pool', () => {
  it('is waited for by whoever finds every connection in use, and by nobody else', async () => {
    for (let one = 0; one < 3; one += 1) await database.shared(query(backend));
    expect(waits).toBe(0);
    await Promise.all([1, 2, 3].map(() => database.shared(query(backend))));
    expect(waits).toBe(2);
  });
});

describe('the tenant context', () => {
  it('is each request’s own on a connection that requests share', async () => {
    for (const tenant of [tenantAt(0), tenantAt(1), tenantAt(0)]) {
      const [[counted]] = await database.asTenant(tenant.id, query(countTrades));
      expect(counted).toEqual({ count: tenant.expected.trades, tenants: 1 });
    }
  });

  it('is gone once the transaction has ended, well or badly', async () => {
    await database.asTenant(tenantAt(0).id, query(countTrades));
    expect(await database.shared(query(context))).toEqual([{ context: '' }]);
    await expect(database.asTenant(tenantAt(0).id, query(fail, 0))).rejects.toThrow('division by zero');
    expect(await database.shared(query(context))).toEqual([{ context: '' }]);
    expect(await database.shared(query(countTrades))).toEqual([{ count: 0, tenants: 0 }]);
  });

  it('survives failures of others: the first error is told, and the next tenant sees its own', async () => {
    const [[before]] = await database.asTenant(tenantAt(0).id, query(backend));
    const failing = database.asTenant(tenantAt(0).id, query(countTrades), query(fail, 0), query(countTrades));
    await expect(failing).rejects.toThrow('division by zero');
    const [[counted], [after]] = await database.asTenant(tenantAt(1).id, query(countTrades), query(backend));
    expect(counted).toEqual({ count: tenantAt(1).expected.trades, tenants: 1 });
    expect(after).toEqual(before);
  });

  it('keeps requests that run at once apart', async () => {
    const tenants = Array.from({ length: 60 }, (_none, index) => tenantAt(index % 6));
    const counts = await Promise.all(tenants.map((tenant) => database.asTenant(tenant.id, query(countTrades))));
    expect(counts.map(([[row]]) => row?.count)).toEqual(tenants.map((tenant) => tenant.expected.trades));
  });

  it('gives up a connection that died in the middle of a request, and goes on with a new one', async () => {
    const [[before]] = await database.asTenant(tenantAt(0).id, query(backend));
    await expect(database.asTenant(tenantAt(0).id, query(kill))).rejects.toMatchObject({
      code: 'DATABASE_UNAVAILABLE',
    });
    const [[after], [counted]] = await database.asTenant(tenantAt(0).id, query(backend), query(countTrades));
    expect(after).not.toEqual(before);
    expect(counted?.count).toBe(tenantAt(0).expected.trades);
  });

  it('is sent in one round trip: the whole transaction leaves before any of it is answered', async () => {
    const withholding = await startWithholdingProxy(environment, 'COMMIT');
    const proxied = createPool(withholding.port);
    await createDatabase(proxied, { mode: 'bare', prepared: true, onWait }).shared(query(backend));
    withholding.begin();
    const [[counted]] = await createDatabase(proxied, { mode: 'rls', prepared: true, onWait }).asTenant(
      tenantAt(0).id,
      query(countTrades),
    );
    expect(counted?.count).toBe(tenantAt(0).expected.trades);
    await proxied.end();
    await withholding.stop();
  });
});

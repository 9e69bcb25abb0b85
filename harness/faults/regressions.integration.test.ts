/** Each regression, planted in a service on the running servers, does what its title says, and no more. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAsAdmin, type AdminDatabase } from '../../reference-service/testing/admin-database.ts';
import { type Answer, call, itemsOf, sessionOf, tenantAt } from '../../reference-service/testing/api-client.ts';
import {
  createEnvironment,
  eventually,
  type OwnEnvironment,
  type OwnService,
  startService,
} from '../../reference-service/testing/own-service.ts';
import { bundleService } from './bundle-service.ts';
import type { SourceReplacement } from './defect.ts';
import { type Regression, replacementsOf } from './regression.ts';
import { regressions } from './regressions.ts';

const root = path.join(import.meta.dirname, '..', '..');
const [tenant, other] = [tenantAt(0), tenantAt(1)];
let admin: AdminDatabase;
let environment: OwnEnvironment;

beforeAll(async () => {
  admin = await connectAsAdmin();
  environment = await createEnvironment();
});

afterAll(async () => {
  await environment.remove();
  await admin.end();
});

function regressionOf(id: string): Regression {
  const found = regressions.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no regression ${id}`);
  return found;
}

/** Starts the service with the replacements and variables, lets `use` ask it, and ends it; it has to end by itself. */
async function withService(
  { name, replacements, env = {} }: { name: string; replacements: SourceReplacement[]; env?: Record<string, string> },
  use: (service: OwnService, cookie: string) => Promise<void>,
): Promise<void> {
  const bundle = await bundleService(root, `test-planted-${name}`, replacements);
  try {
    const service = await startService({ ...environment.variables, ...env }, bundle.entry);
    try {
      await use(service, await sessionOf(tenant, 'trader'));
    } finally {
      service.signal('SIGTERM');
      expect(await service.ended).toBe(0);
    }
  } finally {
    await bundle.remove();
  }
}

async function withPlanted(id: string, use: (service: OwnService, cookie: string) => Promise<void>): Promise<void> {
  const regression = regressionOf(id);
  const { change } = regression;
  const env = change.layer === 'configuration' ? change.env : {};
  await withService({ name: id, replacements: replacementsOf(regression, tenant.id), env }, use);
}

/** `at`: how many are under way at once. */
async function repeat<T>(times: number, at: number, ask: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let done = 0; done < times; done += at) {
    const batch = Array.from({ length: Math.min(at, times - done) }, (_, index) => ask(done + index));
    results.push(...(await Promise.all(batch)));
  }
  return results;
}

async function timed(ask: () => Promise<Answer>): Promise<number> {
  const startedMs = performance.now();
  const { status, text } = await ask();
  expect(status, text).toBe(200);
  return performance.now() - startedMs;
}

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

const portfolios = (url: string, cookie: string) => call('GET', '/api/v1/portfolios', { url, cookie });

interface StatementFigures {
  calls: number;
  rows: number;
  longestMs: number;
}

/** Of all statements whose text is like the pattern, in the seeded database. */
async function statementsLike(pattern: string): Promise<StatementFigures> {
  const [figures] = await admin.query<StatementFigures>(
    `select coalesce(sum(calls), 0)::int as calls, coalesce(sum(rows), 0)::int as rows,
       coalesce(max(max_exec_time), 0) as "longestMs"
     from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
       and query like $1`,
    [pattern],
  );
  if (figures === undefined) throw new Error('no figures');
  return figures;
}

async function gauge(url: string, name: string): Promise<number> {
  const { text } = await call('GET', '/metrics', { url });
  const line = text.split('\n').find((one) => one.startsWith(`${name}{`)) ?? '';
  return Number(line.slice(line.lastIndexOf(' ')));
}

describe('what a planted regression does', () => {
  it('busy-cpu: an answer takes longer by a share of its own time', async () => {
    // 5 % could not be told by some dozen requests: the same change, twenty times as large.
    const large = replacementsOf(regressionOf('busy-cpu'), tenant.id).map((one) => ({
      ...one,
      replacement: one.replacement.replace('* 0.06', '* 1.2').replace('Math.min(1,', 'Math.min(1000,'),
    }));
    await withService({ name: 'intact', replacements: [] }, (intact, intactCookie) =>
      withService({ name: 'busy-cpu', replacements: large }, async (busy, busyCookie) => {
        const times = { intact: [] as number[], busy: [] as number[] };
        for (let pair = 0; pair < 80; pair += 1) {
          times.intact.push(await timed(() => portfolios(intact.url, intactCookie)));
          times.busy.push(await timed(() => portfolios(busy.url, busyCookie)));
        }
        expect(median(times.busy) / median(times.intact)).toBeGreaterThan(1.2);
      }),
    );
  });

  it('extra-query: one statement more in each transaction', () =>
    withPlanted('extra-query', async ({ url }, cookie) => {
      const like = 'select current_setting(%';
      const before = await statementsLike(like);
      const transactions = await statementsLike('select set_config(%');
      await repeat(20, 1, () => portfolios(url, cookie));
      expect((await statementsLike(like)).calls - before.calls).toBe(20);
      expect((await statementsLike('select set_config(%')).calls - transactions.calls).toBe(20);
    }));

  it('missing-limit: every trade is read for a page of five, and the page is the same', () =>
    withPlanted('missing-limit', async ({ url }, cookie) => {
      const like = 'select t.id%offset%';
      const before = await statementsLike(like);
      const page = await call('GET', '/api/v1/trades?limit=5', { url, cookie });
      expect((await statementsLike(like)).rows - before.rows).toBe(tenant.expected.trades);
      expect(page.body).toEqual((await call('GET', '/api/v1/trades?limit=5', { cookie })).body);
      expect(itemsOf(page)).toHaveLength(5);
    }));

  it('slow-two-percent: few requests wait, and some do', async () => {
    // On a busy machine every request may take 20 ms: the same change, with a wait that nothing else comes near.
    const replacements = replacementsOf(regressionOf('slow-two-percent'), tenant.id).map((one) => ({
      ...one,
      replacement: one.replacement.replace('(resolve, 20)', '(resolve, 500)'),
    }));
    await withService({ name: 'slow-two-percent', replacements }, async ({ url }, cookie) => {
      const times = await repeat(600, 2, () => timed(() => portfolios(url, cookie)));
      const slow = times.filter((time) => time >= 499);
      expect(slow.length).toBeGreaterThan(0);
      expect(slow.length).toBeLessThan(times.length / 4);
    });
  });

  it('leaking-pool: a connection stays in use, and the process ends all the same', () =>
    withPlanted('leaking-pool', async ({ url }, cookie) => {
      const inUse = async () => (await gauge(url, 'database_pool_total')) - (await gauge(url, 'database_pool_idle'));
      await portfolios(url, cookie);
      expect(await inUse()).toBe(0);
      const lost = await eventually('a lost connection', async () => {
        await portfolios(url, cookie);
        const count = await inUse();
        return count > 0 ? count : null;
      });
      expect(lost).toBe(1);
    }));

  it('held-lock: some orders hold the lock, others wait for it', () =>
    withPlanted('held-lock', async ({ url }, cookie) => {
      const lock = 'select pg_advisory_xact_lock(%';
      const hold = 'select pg_sleep(%';
      // One in ten holds the lock: of 80 orders it would come about once in some hundred runs that nobody waits for it.
      const orders = 160;
      const before = { lock: await statementsLike(lock), hold: await statementsLike(hold) };
      // Of one tenant the orders would wait for each other at its audit log, before they come to the lock.
      const traders = [
        { tenant, cookie },
        { tenant: other, cookie: await sessionOf(other, 'trader') },
      ];
      const answers = await repeat(orders, 4, (index) => {
        const trader = traders[index % traders.length] ?? { tenant, cookie };
        return call('POST', '/api/v1/orders', {
          url,
          cookie: trader.cookie,
          headers: { 'idempotency-key': `regression-${index}-${Date.now()}` },
          body: {
            portfolioId: trader.tenant.samples.portfolios[0],
            instrumentId: 1,
            side: 'buy',
            type: 'market',
            quantity: '1.0000',
          },
        });
      });
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      const [locked, held] = [await statementsLike(lock), await statementsLike(hold)];
      expect(locked.calls - before.lock.calls).toBe(orders);
      expect(held.calls - before.hold.calls).toBeGreaterThan(0);
      expect(held.calls - before.hold.calls).toBeLessThan(orders / 3);
      expect(locked.longestMs).toBeGreaterThan(held.longestMs / 3);
    }));

  it('unparsed-cookie: answers carry it, and the service takes no notice of it', () =>
    withPlanted('unparsed-cookie', async ({ url }, cookie) => {
      const { headers } = await portfolios(url, cookie);
      const [unused = ''] = (headers.get('set-cookie') ?? '').split(';');
      expect(unused.length).toBeGreaterThan(500);
      expect((await portfolios(url, `${cookie}; ${unused}`)).status).toBe(200);
    }));

  it('slow-tenant: one tenant waits, another does not', () =>
    withPlanted('slow-tenant', async ({ url }, cookie) => {
      const otherCookie = await sessionOf(other, 'trader');
      const times = { slow: [] as number[], other: [] as number[] };
      for (let pair = 0; pair < 20; pair += 1) {
        times.slow.push(await timed(() => portfolios(url, cookie)));
        times.other.push(await timed(() => portfolios(url, otherCookie)));
      }
      expect(Math.min(...times.slow)).toBeGreaterThan(28);
      expect(median(times.other)).toBeLessThan(median(times.slow));
    }));

  it('small-pool: a burst waits for connections', () =>
    withPlanted('small-pool', async ({ url }, cookie) => {
      expect(await gauge(url, 'database_pool_max')).toBe(2);
      expect(await gauge(url, 'database_pool_waits_total')).toBe(0);
      await repeat(8, 8, () => portfolios(url, cookie));
      expect(await gauge(url, 'database_pool_waits_total')).toBeGreaterThan(0);
    }));

  it('dropped-index: the list of trades is read another way', async () => {
    const { change } = regressionOf('dropped-index');
    const statements = change.layer === 'postgres' ? change.statements : [];
    const plan = async () => {
      const lines = await admin.query<{ 'QUERY PLAN': string }>(
        `explain select * from trades where tenant_id = '${tenant.id}' order by executed_at desc, id desc limit 51`,
      );
      return lines.map((line) => line['QUERY PLAN']).join('\n');
    };
    expect(await plan()).toContain('trades_executed_idx');
    await admin.query('begin');
    try {
      for (const statement of statements) await admin.query(statement);
      expect(await plan()).toContain('Sort');
    } finally {
      await admin.query('rollback');
    }
  });
});

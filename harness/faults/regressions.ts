/** The ten regressions of `signoff selftest`: real changes of the service's source, its database or its configuration. */
import type { SourceReplacement } from './defect.ts';
import { type Regression, tenantPlaceholder } from './regression.ts';

/** Runs for every request that has a session, before its route. */
const afterSession = (statement: string): SourceReplacement => ({
  file: 'http/enforce-access.ts',
  pattern: 'request.principal = principal;',
  replacement: `request.principal = principal; ${statement}`,
});

const pause = (milliseconds: number) => `await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));`;

/** One place, one replacement: most regressions are no more. */
const inSource = (file: string, pattern: string, replacement: string): Regression['change'] => ({
  layer: 'service',
  replacements: [{ file, pattern, replacement }],
});

/**
 * Share of the time that the service has spent on a request so far. A client waits longer than that, for the connection
 * and for its own turn: of what it sees this is 5 %, on a slow machine as on a fast one.
 */
const BUSY_SHARE = 0.06;
/** Or requests that wait for each other would, from some sixteen on, wait longer and longer for what each adds. */
const BUSY_AT_MOST_MS = 1;

/** By time, not by requests, so that it is as many on any machine: about five of ten in a block of six seconds and its logins. */
const LEAK_EVERY_MS = 1500;

/** A quarter of what browsers keep, as of a session that is held in a cookie: a tenth of an answer and its statements. */
const COOKIE_BYTES = 1000;

const serviceRegressions: Regression[] = [
  {
    id: 'busy-cpu',
    title: 'every request computes 5 % longer, to no purpose',
    claim: 'CMP-MEDIAN',
    change: inSource(
      'http/observe-requests.ts',
      "app.addHook('onResponse', async (request, reply) => {",
      `app.addHook('onSend', async (_request, reply, payload) => {
        const untilMs = performance.now() + Math.min(${BUSY_AT_MOST_MS}, reply.elapsedTime * ${BUSY_SHARE});
        while (performance.now() < untilMs);
        return payload;
      });
      app.addHook('onResponse', async (request, reply) => {`,
    ),
  },
  {
    id: 'extra-query',
    title: 'every transaction runs one statement more',
    claim: 'CMP-STATEMENTS',
    change: inSource(
      'database/database.ts',
      '[begin, tenantContext(tenantId), ...queries, commit]',
      `[begin, tenantContext(tenantId), ...queries,
        { name: 'tenant-check', text: "select current_setting('app.tenant_id')" }, commit]`,
    ),
  },
  {
    id: 'missing-limit',
    title: 'the list of trades is read whole, and cut to a page in the service',
    claim: 'CMP-ENDPOINT',
    change: inSource(
      'queries/keyset-list.ts',
      'order by ${order} limit $2`',
      // The parameter stays a parameter, so that the statement takes the same values.
      "order by ${order} ${definition.name === 'trades.list' ? 'offset 0 * $2::bigint' : 'limit $2'}`",
    ),
  },
  {
    id: 'slow-two-percent',
    title: '2 % of the requests, whichever they are, wait 20 ms',
    claim: 'CMP-TAIL',
    change: { layer: 'service', replacements: [afterSession(`if (Math.random() < 0.02) ${pause(20)}`)] },
  },
  {
    id: 'leaking-pool',
    title: 'every one and a half seconds a connection is not given back to the pool',
    claim: 'CMP-CONNECTIONS',
    change: {
      layer: 'service',
      replacements: [
        {
          file: 'database/database.ts',
          pattern: "client.release(client.getTransactionStatus() !== 'I');",
          replacement: `pool.lostAtMs ??= performance.now();
            if (performance.now() - pool.lostAtMs >= ${LEAK_EVERY_MS}) pool.lostAtMs = performance.now();
            else client.release(client.getTransactionStatus() !== 'I');`,
        },
        // A pool waits at its end for what was not given back; the process is to end between blocks all the same.
        { file: 'services.ts', pattern: 'await pool.end();', replacement: 'void pool.end();' },
      ],
    },
  },
  {
    id: 'held-lock',
    title: 'an order waits for a lock that all orders share, and one in ten holds it for 300 ms',
    claim: 'CMP-TAIL',
    change: inSource(
      'routes/register-order-placement.ts',
      'asTenant(tenantId, ...queries)',
      `asTenant(tenantId, ...queries,
        { statement: { name: 'orders.number-lock', text: 'select pg_advisory_xact_lock(1)' }, values: [] },
        ...(Math.random() < 0.1
          ? [{ statement: { name: 'orders.hold-lock', text: 'select pg_sleep(0.3)' }, values: [] }]
          : []))`,
    ),
  },
  {
    id: 'unparsed-cookie',
    title: 'every answer sets one more cookie, which nobody reads',
    claim: 'CMP-BYTES',
    change: inSource(
      'http/security-headers.ts',
      "reply.header('x-request-id', request.id);",
      `reply.header('x-request-id', request.id);
      reply.header('set-cookie', 'visitor=' + request.id.padEnd(${COOKIE_BYTES}, '0') + '; Path=/unused');`,
    ),
  },
  {
    id: 'slow-tenant',
    title: 'the requests of one tenant wait 30 ms',
    claim: 'CMP-TENANT',
    change: {
      layer: 'service',
      replacements: [afterSession(`if (principal.tenantId === '${tenantPlaceholder}') ${pause(30)}`)],
    },
  },
];

export const regressions: Regression[] = [
  ...serviceRegressions,
  {
    id: 'dropped-index',
    title: 'the index that the list of trades is read by is gone',
    claim: 'CMP-ROWS',
    change: { layer: 'postgres', statements: ['drop index trades_executed_idx'] },
  },
  {
    id: 'small-pool',
    title: 'two database connections for up to eight requests at once',
    claim: 'CMP-CONNECTIONS',
    change: { layer: 'configuration', env: { ALPHAPULSE_DATABASE_POOL_MAX: '2' } },
  },
];

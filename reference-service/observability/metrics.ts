/** What Prometheus reads: requests by route and status, pool, event loop, failures of Redis and Vault. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type pg from 'pg';
import { countHeapAllocation } from './heap-allocation.ts';

/** Fine where the limits of the programme lie (200 to 500 ms), and below 10 ms where most requests are. */
const durationBucketsSeconds = [
  0.0005, 0.001, 0.0015, 0.002, 0.003, 0.004, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.075, 0.1, 0.125,
  0.15, 0.175, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.75, 1, 1.5, 2, 3, 5, 10,
];

export interface Metrics {
  registry: Registry;
  requestDuration: Histogram<'method' | 'route' | 'status'>;
  redisErrors: Counter<'operation'>;
  vaultErrors: Counter<'failure'>;
  poolWaits: Counter;
  logins: Counter<'result'>;
  stop(): void;
}

/** The default set brings CPU, memory, and the event loop's lag by percentile (nodejs_eventloop_lag_p99_seconds). */
export function createMetrics(rlsMode: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ rls_mode: rlsMode });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const allocation = countHeapAllocation();
  new Counter({
    name: 'nodejs_heap_allocated_bytes_total',
    help: 'Bytes allocated on the JavaScript heap, freed since or not.',
    registers,
    collect() {
      this.inc(allocation.takeBytes());
    },
  });
  return {
    registry,
    requestDuration: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from the request received to the answer sent.',
      labelNames: ['method', 'route', 'status'],
      buckets: durationBucketsSeconds,
      registers,
    }),
    redisErrors: new Counter({
      name: 'redis_errors_total',
      help: 'Commands that failed; each was answered from Postgres or from this process instead.',
      labelNames: ['operation'],
      registers,
    }),
    vaultErrors: new Counter({
      name: 'vault_errors_total',
      help: 'Requests to Vault that failed, by reason.',
      labelNames: ['failure'],
      registers,
    }),
    poolWaits: new Counter({
      name: 'database_pool_waits_total',
      help: 'Requests that found every connection in use, and waited until one was given back.',
      registers,
    }),
    logins: new Counter({
      name: 'logins_total',
      help: 'Attempts to log in, by result.',
      labelNames: ['result'],
      registers,
    }),
    stop: () => allocation.stop(),
  };
}

/** Adds the pool's gauges; `database_pool_waiting_max` is the largest queue since it was last read. */
export function observePool(registry: Registry, pool: pg.Pool, { prepared }: { prepared: boolean }): void {
  let waitingMax = 0;
  pool.on('acquire', () => {
    if (pool.waitingCount > waitingMax) waitingMax = pool.waitingCount;
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('database_pool_max', 'Most connections that the pool opens.', () => pool.options.max);
  gauge('database_prepared_statements', '1 where statements are prepared once a connection, else 0.', () =>
    prepared ? 1 : 0,
  );
  gauge('database_pool_total', 'Connections open.', () => pool.totalCount);
  gauge('database_pool_idle', 'Connections that no request uses.', () => pool.idleCount);
  gauge('database_pool_waiting', 'Requests that wait for a connection.', () => pool.waitingCount);
  gauge('database_pool_waiting_max', 'Most requests that waited at once since the last reading.', () => {
    const seen = Math.max(waitingMax, pool.waitingCount);
    waitingMax = 0;
    return seen;
  });
}

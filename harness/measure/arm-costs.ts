/** Gathers what the requests of each build cost in the measured window: CPU, allocation, bytes, statements, rows, connections. */
import type { ArmCost } from '../model/arm-cost.ts';
import type { ServiceInstance, System } from '../model/system.ts';
import { armDatabases, type ArmDatabases } from './arm-databases.ts';
import { countRowsRead, countStatementsIn } from './database-use.ts';
import type { Gatherer } from './gatherer.ts';
import { connectionsInUseAtRest } from './pool-at-rest.ts';
import { type MetricSample, counterOf, maxOf, sumOf } from './prometheus-text.ts';
import { type ServiceScrapes, scrapeService } from './service-scrapes.ts';
import { settleStatistics } from './settle-statistics.ts';
import { findServiceProcess, readWrittenBytes } from './written-bytes.ts';

/** What is asked about the service itself, and not by users. */
const OPERATIONAL_ROUTES = ['/healthz', '/readyz', '/metrics'];

/** What is counted of a service since it was started, exact at any moment. */
interface Reading {
  samples: MetricSample[];
  writtenBytes: number | null;
  statements: number | null;
}

/** The whole load, log-ins and warm-up included: rows are not known at a moment in the middle of it. */
interface WholeReading {
  requests: number;
  rowsRead: number | null;
}

/** Empty where no builds are compared. `scrapes` of the same services, in the same order. */
export function armCostsGatherer(
  system: System,
  services: readonly ServiceInstance[],
  scrapes: ServiceScrapes,
): Gatherer<ArmCost[]> {
  if (!services.some(({ arm }) => arm === 'base' || arm === 'candidate')) return { read: () => Promise.resolve([]) };
  // Without databases of their own arms cannot be told apart there, and an address alone has none that is ours to see.
  const databases = services.some(({ database }) => database !== undefined) ? armDatabases(system, services) : null;
  let pids: (number | null)[] = [];
  let before: WholeReading[] = [];
  let start: Reading[] = [];
  let end: Reading[] = [];
  let endedAtMs = 0;
  const readAt = async (moment: 'windowStarts' | 'windowEnds'): Promise<Reading[]> => {
    const [samples, statements] = await Promise.all([
      scrapes.at(moment),
      statementsOf(databases, services, system.postgres.adminUser),
    ]);
    // After them, so that the answers to the scrape are written, and counted, whole.
    const written = await Promise.all(pids.map(readWrittenBytes));
    return services.map((_, index) => ({
      samples: samples[index] ?? [],
      writtenBytes: written[index] ?? null,
      statements: statements[index] ?? null,
    }));
  };
  return {
    open: async () => {
      await databases?.connect();
      pids = await Promise.all(services.map((service) => findServiceProcess(system.containers, service)));
      before = await readWhole(databases, services);
    },
    windowStarts: async () => {
      start = await readAt('windowStarts');
    },
    windowEnds: async () => {
      end = await readAt('windowEnds');
      endedAtMs = performance.now();
    },
    read: async () => {
      const inUse = await Promise.all(services.map(connectionsInUseAtRest));
      if (databases !== null) await settleStatistics(services, endedAtMs);
      const after = await readWhole(databases, services);
      return services.map(({ arm, url }, index) => {
        const [first, last, begun, whole] = [start[index], end[index], before[index], after[index]];
        if (first === undefined || last === undefined || begun === undefined || whole === undefined) {
          throw new Error(`no readings of ${url}`);
        }
        const window = costBetween(first, last);
        const rowsRead = rowsOf(window.requests, begun, whole);
        return { arm, ...window, rowsRead, connectionsInUseAtEnd: inUse[index] ?? null };
      });
    },
    close: () => databases?.end(),
  };
}

async function statementsOf(
  databases: ArmDatabases | null,
  services: readonly ServiceInstance[],
  reader: string,
): Promise<(number | null)[]> {
  if (databases === null) return [];
  const names = databases.each.map(({ name }) => name);
  const counted = await countStatementsIn(databases.server, names, reader);
  return services.map(({ database = '' }) => counted?.get(database) ?? null);
}

async function readWhole(
  databases: ArmDatabases | null,
  services: readonly ServiceInstance[],
): Promise<WholeReading[]> {
  return await Promise.all(
    services.map(async (service) => {
      const database = databases?.each.find(({ own }) => own !== undefined && own === service.database);
      const requests = countRequests(await scrapeService(service));
      return { requests, rowsRead: database === undefined ? null : await countRowsRead(database) };
    }),
  );
}

/** As many as the requests of the window have of those of the whole load. Both arms were asked for the same in both. */
function rowsOf(requests: number, begun: WholeReading, whole: WholeReading): number | null {
  const rows = difference(begun.rowsRead, whole.rowsRead);
  const all = whole.requests - begun.requests;
  return rows === null || all < 1 ? null : rows * (requests / all);
}

function costBetween(first: Reading, last: Reading): Omit<ArmCost, 'arm' | 'rowsRead' | 'connectionsInUseAtEnd'> {
  const between = (read: (reading: Reading) => number | null): number | null => difference(read(first), read(last));
  return {
    requests: countRequests(last.samples) - countRequests(first.samples),
    cpuSeconds: between(cpuSeconds),
    allocatedBytes: between(({ samples }) => counterOf(samples, 'nodejs_heap_allocated_bytes_total')),
    bytesWritten: between(({ writtenBytes }) => writtenBytes),
    statements: between(({ statements }) => statements),
    poolWaits: between(({ samples }) => counterOf(samples, 'database_pool_waits_total')),
    poolWaitingMax: maxOf(last.samples, 'database_pool_waiting_max'),
  };
}

/** null where either is not known, or where counting began anew in between. */
function difference(first: number | null, last: number | null): number | null {
  return first === null || last === null || last < first ? null : last - first;
}

function countRequests(samples: MetricSample[]): number {
  return sumOf(
    samples,
    'http_request_duration_seconds_count',
    ({ labels }) => !OPERATIONAL_ROUTES.includes(labels['route'] ?? ''),
  );
}

function cpuSeconds({ samples }: Reading): number | null {
  const user = counterOf(samples, 'process_cpu_user_seconds_total');
  const system = counterOf(samples, 'process_cpu_system_seconds_total');
  return user === null || system === null ? null : user + system;
}

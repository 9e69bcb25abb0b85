/** Gathers what the requests of each build cost in the measured window: CPU, allocation, bytes, statements, rows, connections. */
import type { Client } from 'pg';
import type { ArmCost } from '../model/arm-cost.ts';
import type { ServiceInstance, System } from '../model/system.ts';
import { type DatabaseUse, readDatabaseUse } from './database-use.ts';
import type { Gatherer } from './gatherer.ts';
import { connectionsInUseAtRest } from './pool-at-rest.ts';
import { adminClient } from './postgres-client.ts';
import { type MetricSample, counterOf, maxOf, sumOf } from './prometheus-text.ts';
import type { ServiceScrapes } from './service-scrapes.ts';
import { findServiceProcess, readWrittenBytes } from './written-bytes.ts';

/** What is asked about the service itself, and not by users. */
const OPERATIONAL_ROUTES = ['/healthz', '/readyz', '/metrics'];

/** One reading of everything that is counted since a service was started. */
interface Reading {
  samples: MetricSample[];
  writtenBytes: number | null;
  use: DatabaseUse | null;
}

/** Empty where no builds are compared. `scrapes` of the same services, in the same order. */
export function armCostsGatherer(
  system: System,
  services: readonly ServiceInstance[],
  scrapes: ServiceScrapes,
): Gatherer<ArmCost[]> {
  if (!services.some(({ arm }) => arm === 'base' || arm === 'candidate')) return { read: () => Promise.resolve([]) };
  const databases = services.flatMap(({ database }) => database ?? []);
  // Without databases of their own arms cannot be told apart there, and an address alone has none that is ours to see.
  const client = databases.length === 0 ? null : adminClient(system);
  let pids: (number | null)[] = [];
  let start: Reading[] = [];
  let end: Reading[] = [];
  const readAt = async (moment: 'windowStarts' | 'windowEnds'): Promise<Reading[]> => {
    const [samples, written, uses] = await Promise.all([
      scrapes.at(moment),
      Promise.all(pids.map(readWrittenBytes)),
      readUses(client, databases, system.postgres.adminUser),
    ]);
    return services.map(({ database }, index) => ({
      samples: samples[index] ?? [],
      writtenBytes: written[index] ?? null,
      use: (database === undefined ? null : uses.get(database)) ?? null,
    }));
  };
  return {
    open: async () => {
      await client?.connect();
      pids = await Promise.all(services.map((service) => findServiceProcess(system.containers, service)));
    },
    windowStarts: async () => {
      start = await readAt('windowStarts');
    },
    windowEnds: async () => {
      end = await readAt('windowEnds');
    },
    read: () =>
      Promise.all(
        services.map(async (service, index) => {
          const [first, last] = [start[index], end[index]];
          if (first === undefined || last === undefined) throw new Error(`no readings of ${service.url}`);
          const connectionsInUseAtEnd = await connectionsInUseAtRest(service);
          return { arm: service.arm, ...costBetween(first, last), connectionsInUseAtEnd };
        }),
      ),
    close: () => client?.end(),
  };
}

async function readUses(client: Client | null, databases: string[], reader: string): Promise<Map<string, DatabaseUse>> {
  return client === null ? new Map() : await readDatabaseUse(client, databases, reader);
}

function costBetween(first: Reading, last: Reading): Omit<ArmCost, 'arm' | 'connectionsInUseAtEnd'> {
  const between = (read: (reading: Reading) => number | null): number | null => difference(read(first), read(last));
  return {
    requests: countRequests(last) - countRequests(first),
    cpuSeconds: between(cpuSeconds),
    allocatedBytes: between(({ samples }) => counterOf(samples, 'nodejs_heap_allocated_bytes_total')),
    bytesWritten: between(({ writtenBytes }) => writtenBytes),
    statements: between(({ use }) => use?.statements ?? null),
    rowsRead: between(({ use }) => use?.rowsRead ?? null),
    poolWaitingMax: maxOf(last.samples, 'database_pool_waiting_max'),
  };
}

/** null where either is not known, or where counting began anew in between. */
function difference(first: number | null, last: number | null): number | null {
  return first === null || last === null || last < first ? null : last - first;
}

function countRequests({ samples }: Reading): number {
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

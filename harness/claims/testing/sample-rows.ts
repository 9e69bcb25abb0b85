/** Rows of samples for tests: a steady load with random latencies, and pairs of requests to several arms. */
import { seededRandom } from '../../statistics/seeded-random.ts';
import type { SampleTable } from '../../model/samples.ts';

export interface SampleRow {
  /** Unix ms. */
  startedAtMs: number;
  durationMs: number;
  status: number;
  endpoint: string;
  arm: string;
  pair: number;
  /** Rank; -1 where it is left out. */
  tenant?: number;
  setup: boolean;
}

export interface SteadyLoad {
  fromMs: number;
  seconds: number;
  perSecond: number;
  seed: number;
  /** Latency of one request; by default 5 ms and an exponential tail of mean 10 ms. */
  latencyMs?: (random: () => number, second: number) => number;
}

const endpoints = ['orders.create', 'portfolios.list', 'trades.list'];

export function exponentialMs(random: () => number, meanMs: number): number {
  return -Math.log(1 - random()) * meanMs;
}

export function steadyLoad({ fromMs, seconds, perSecond, seed, latencyMs }: SteadyLoad): SampleRow[] {
  const random = seededRandom(seed);
  const draw = latencyMs ?? (() => 5 + exponentialMs(random, 10));
  return Array.from({ length: seconds * perSecond }, (_, index) => {
    const second = Math.floor(index / perSecond);
    return {
      startedAtMs: fromMs + ((index + random()) * 1000) / perSecond,
      durationMs: draw(random, second),
      status: 200,
      endpoint: endpoints[Math.floor(random() * endpoints.length)] ?? '',
      arm: 'rls',
      pair: -1,
      setup: false,
    };
  });
}

export interface PairedLoad {
  fromMs: number;
  seconds: number;
  perSecond: number;
  seed: number;
  /** How much longer than the filter arm each arm takes; an arm that is left out sends nothing. */
  factors: Partial<Record<'rls' | 'filter' | 'bare', number>>;
}

/** The same request to each arm, one after the other, with noise of a tenth. */
export function pairedLoad({ fromMs, seconds, perSecond, seed, factors }: PairedLoad): SampleRow[] {
  const random = seededRandom(seed);
  return Array.from({ length: seconds * perSecond }, (_, pair) => {
    const baseMs = 4 + exponentialMs(random, 3);
    const endpoint = endpoints[Math.floor(random() * endpoints.length)] ?? '';
    return Object.entries(factors).map(([arm, factor], place) => ({
      startedAtMs: fromMs + (pair * 1000) / perSecond + place * 6,
      durationMs: baseMs * factor * (0.9 + 0.2 * random()),
      status: 200,
      endpoint,
      arm,
      pair,
      setup: false,
    }));
  }).flat();
}

export function sampleTable(rows: readonly SampleRow[]): SampleTable {
  const names = (valueOf: (row: SampleRow) => string) => [...new Set(rows.map(valueOf))];
  const endpointNames = names((row) => row.endpoint);
  const arms = names((row) => row.arm);
  return {
    count: rows.length,
    endedAtMs: Float64Array.from(rows, (row) => row.startedAtMs + row.durationMs),
    durationMs: Float64Array.from(rows, (row) => row.durationMs),
    status: Uint16Array.from(rows, (row) => row.status),
    endpoint: Uint8Array.from(rows, (row) => endpointNames.indexOf(row.endpoint)),
    endpoints: endpointNames,
    arm: Uint8Array.from(rows, (row) => arms.indexOf(row.arm)),
    arms,
    tier: new Uint8Array(rows.length),
    tiers: ['starter'],
    pair: Int32Array.from(rows, (row) => row.pair),
    tenant: Int32Array.from(rows, (row) => row.tenant ?? -1),
    setup: Uint8Array.from(rows, (row) => (row.setup ? 1 : 0)),
  };
}

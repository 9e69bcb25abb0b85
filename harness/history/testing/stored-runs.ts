/** Made-up stored runs with a level, noise and intervals, for tests. */
import type { StoredRun } from '../../model/history.ts';
import type { Metric } from '../../model/metric.ts';
import { seededRandom } from '../../statistics/seeded-random.ts';
import { normalNumbers } from '../../statistics/testing/normal-numbers.ts';

const day = 24 * 3600 * 1000;
const firstDay = Date.parse('2026-09-01T06:00:00.000Z');

function latency(percentile: number, value: number): Metric {
  const quantity = {
    ...{ value, unit: 'ms' as const, direction: 'lower-is-better' as const, samples: 8000, confidence: 0.95 },
    interval: [value * 0.93, value * 1.09] as [number, number],
  };
  const title = `Target: 500 users with think time, p${percentile}`;
  return { id: `target.p${percentile}`, experiment: 'target', title, quantity };
}

function rate(value: number): Metric {
  const quantity = {
    ...{ value, unit: '1/s' as const, direction: 'higher-is-better' as const, samples: 40_000, confidence: 0.95 },
    interval: [value * 0.99, value * 1.01] as [number, number],
  };
  return { id: 'target.rate', experiment: 'target', title: 'Target: 500 users, requests per second', quantity };
}

/** Run 0 is the first; `levelMs` gives the p99 around which a run lies. */
export function storedRuns(count: number, levelMs: (run: number) => number, seed = 1): StoredRun[] {
  const normal = normalNumbers(seededRandom(seed));
  return Array.from({ length: count }, (_, run): StoredRun => {
    const p99 = levelMs(run) * (1 + 0.04 * normal());
    return {
      runId: `run-${String(run + 1).padStart(2, '0')}`,
      startedAt: new Date(firstDay + run * day).toISOString(),
      profile: 'quick',
      kind: 'embedded',
      verdict: 'pass',
      commit: null,
      plantedDefect: null,
      incomplete: null,
      invalidScopes: [],
      fingerprint: { 'host.cores': '2', 'versions.postgres': '18.4' },
      metrics: [
        latency(50, 12 * (1 + 0.03 * normal())),
        latency(95, p99 * 0.6),
        latency(99, p99),
        rate(488 * (1 + 0.004 * normal())),
      ],
    };
  });
}

/** Latencies in bins of equal width on a logarithmic scale, for the chart of the distribution. */
import type { ScenarioSummary } from '../../model/result.ts';

type Bin = ScenarioSummary['distribution'][number];

/** Each bin is a seventh wider than the one before: ten to a factor of four, fine enough to see two humps. */
const binsPerDecade = 16;
/** Below this, differences are the clock's. */
const smallestMs = 0.1;

/** From the first to the last bin with requests, empty ones between them kept. */
export function latencyDistribution(durationMs: Float64Array): Bin[] {
  const counts = new Map<number, number>();
  for (const value of durationMs) {
    const bin = Math.floor(Math.log10(Math.max(value, smallestMs)) * binsPerDecade);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const first = Math.min(...counts.keys());
  const last = Math.max(...counts.keys());
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    fromMs: 10 ** ((first + index) / binsPerDecade),
    toMs: 10 ** ((first + index + 1) / binsPerDecade),
    requests: counts.get(first + index) ?? 0,
  }));
}

/** Builds the summary of a load scenario with a plausible shape: warm-up, jitter, a right-skewed distribution. */
import type { ScenarioSummary } from '../../model/result.ts';
import type { Workload } from '../../model/scenario.ts';
import { noise } from './noise.ts';

export interface ScenarioShape {
  id: string;
  title: string;
  workload: Workload;
  p50Ms: number;
  p99Ms: number;
  ratePerSecond: number;
  warmUpSeconds: number;
  measuredSeconds: number;
  blocks?: number;
  errors?: number;
  seed: number;
}

const endpoints: readonly (readonly [string, number, number])[] = [
  ['portfolios.list', 0.16, 0.8],
  ['portfolios.positions', 0.14, 1.1],
  ['trades.list', 0.2, 1.2],
  ['trades.get', 0.08, 0.7],
  ['signals.list', 0.1, 1],
  ['orders.create', 0.12, 1.6],
  ['orders.list', 0.06, 1],
  ['orders.cancel', 0.03, 1.4],
  ['risk.exposure', 0.05, 2.1],
  ['risk.exposure.cached', 0.02, 0.5],
  ['quotes.list', 0.04, 0.4],
];

function buildSeries(shape: ScenarioShape): ScenarioSummary['series'] {
  const draw = noise(shape.seed);
  const seconds = shape.warmUpSeconds + shape.measuredSeconds;
  return Array.from({ length: seconds }, (_, second) => {
    const warmUp = second < shape.warmUpSeconds;
    const start = warmUp ? 1 + (1.5 * (shape.warmUpSeconds - second)) / shape.warmUpSeconds : 1;
    const wave = 1 + 0.12 * Math.sin(second / 6);
    return {
      secondsFromStart: second,
      warmUp,
      requests: Math.round(shape.ratePerSecond * (0.95 + 0.1 * draw())),
      errors: (shape.errors ?? 0) > 0 && second % 17 === 11 ? 1 : 0,
      p50Ms: shape.p50Ms * start * wave * (0.9 + 0.2 * draw()),
      p99Ms: shape.p99Ms * start * wave * (0.65 + 0.5 * draw()),
    };
  });
}

/** Log-normal shares over log-spaced bins, with the sigma that puts p50 and p99 where the shape has them. */
function buildDistribution(shape: ScenarioShape, requests: number): ScenarioSummary['distribution'] {
  const sigma = Math.log(shape.p99Ms / shape.p50Ms) / 2.326;
  const perDecade = 20;
  const from = Math.floor(Math.log10(shape.p50Ms) * perDecade) - 18;
  const bins = Array.from({ length: 54 }, (_, index) => {
    const fromMs = 10 ** ((from + index) / perDecade);
    const toMs = 10 ** ((from + index + 1) / perDecade);
    const z = Math.log(Math.sqrt(fromMs * toMs) / shape.p50Ms) / sigma;
    const width = Math.log(toMs / fromMs) / sigma;
    return { fromMs, toMs, requests: Math.round((requests * width * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)) };
  });
  return bins.filter((bin) => bin.requests > 0);
}

/** A summary whose parts agree with one another. */
export function buildScenario(shape: ScenarioShape): ScenarioSummary {
  const requests = Math.round(shape.ratePerSecond * shape.measuredSeconds * (shape.blocks ?? 1));
  return {
    id: shape.id,
    title: shape.title,
    workload: shape.workload,
    blocks: shape.blocks ?? 1,
    requests,
    errors: shape.errors ?? 0,
    offeredPerSecond: shape.ratePerSecond * 1.01,
    achievedPerSecond: shape.ratePerSecond,
    p50Ms: shape.p50Ms,
    p95Ms: shape.p50Ms + (shape.p99Ms - shape.p50Ms) * 0.55,
    p99Ms: shape.p99Ms,
    endpoints: endpoints.map(([endpoint, share, factor], index) => ({
      endpoint,
      requests: Math.round(requests * share),
      errors: index === 5 ? (shape.errors ?? 0) : 0,
      p50Ms: shape.p50Ms * factor,
      p95Ms: shape.p50Ms * factor + (shape.p99Ms - shape.p50Ms) * 0.5 * factor,
      p99Ms: shape.p99Ms * factor * 0.95,
    })),
    series: buildSeries(shape),
    distribution: buildDistribution(shape, requests),
  };
}

/** A scenario that brought nothing: k6 never made a request. */
export function buildEmptyScenario(id: string, title: string): ScenarioSummary {
  const none = { p50Ms: null, p95Ms: null, p99Ms: null };
  return {
    id,
    title,
    workload: { kind: 'closed', users: 500, thinkTimeMs: 1000 },
    blocks: 1,
    requests: 0,
    errors: 0,
    offeredPerSecond: 100,
    achievedPerSecond: 0,
    ...none,
    endpoints: [],
    series: Array.from({ length: 5 }, (_, secondsFromStart) => ({
      secondsFromStart,
      warmUp: true,
      requests: 0,
      errors: 0,
      p50Ms: null,
      p99Ms: null,
    })),
    distribution: [],
  };
}

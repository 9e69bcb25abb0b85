/** One metric over the runs of a lane: its points, its change points and the levels between them. */
import type { HistoryChange, HistoryLevel, HistoryPoint, HistorySeries, StoredRun } from '../model/history.ts';
import type { Metric } from '../model/metric.ts';
import { changePoints } from '../statistics/change-points.ts';

/**
 * At 1 % a metric has a false alarm in 1 of 100 stretches of equal runs. Fewer than about ten runs can then show no change at all:
 * there are not enough orders that they could have come in. Three runs are the fewest that make a level.
 */
const method = { significance: 0.01, permutations: 999, minimumLength: 3, seed: 1 };

/** `breaks`: numbers of the runs whose fingerprint differs from the run before. Runs are counted from 1. */
export function historySeries(metric: string, runs: readonly StoredRun[], breaks: readonly number[]): HistorySeries {
  const points = runs.flatMap((run, index): HistoryPoint[] => {
    const found = run.metrics.find(({ id }) => id === metric);
    return found === undefined ? [] : [{ run: index + 1, quantity: found.quantity, counts: counts(run, found) }];
  });
  const starts = [1, ...breaks];
  const stretches = starts.map((from, index) => {
    const next = starts[index + 1] ?? Infinity;
    return stretchOf(points.filter((point) => point.counts && point.run >= from && point.run < next));
  });
  return {
    metric,
    title: runs.flatMap((run) => run.metrics).findLast(({ id }) => id === metric)?.title ?? metric,
    points,
    levels: stretches.flatMap(({ levels }) => levels),
    changes: stretches.flatMap(({ changes }) => changes),
  };
}

/** A run with a planted defect, or one that ended early, says nothing of how the system is over time. */
function counts({ plantedDefect, incomplete, invalidScopes }: StoredRun, { experiment }: Metric): boolean {
  if (plantedDefect !== null || incomplete !== null) return false;
  return !invalidScopes.some((scope) => scope === null || scope === experiment);
}

/** Valid points of one fingerprint. */
function stretchOf(points: readonly HistoryPoint[]): { levels: HistoryLevel[]; changes: HistoryChange[] } {
  const values = points.map(({ quantity }) => quantity.value);
  const found = changePoints(values, method);
  const starts = [0, ...found.map(({ index }) => index)];
  const levels = starts.flatMap((from, part) => levelOf(points.slice(from, starts[part + 1])));
  const changes = found.flatMap(({ index, pValue }, part) => {
    const [point, before, after] = [points[index], levels[part]?.mean, levels[part + 1]?.mean];
    if (point === undefined || before === undefined || after === undefined) return [];
    const worse = point.quantity.direction === 'lower-is-better' ? after > before : after < before;
    return [{ run: point.run, before, after, pValue, worse }];
  });
  return { levels, changes };
}

function levelOf(points: readonly HistoryPoint[]): HistoryLevel[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const mean = points.reduce((sum, { quantity }) => sum + quantity.value, 0) / points.length;
  return [{ fromRun: first.run, toRun: last.run, mean, runs: points.length }];
}

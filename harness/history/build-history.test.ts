/** Histories: order, lanes, change points within one environment, and invalid runs that take no part. */
import { describe, expect, it } from 'vitest';
import type { HistorySeries, StoredRun } from '../model/history.ts';
import { buildHistory } from './build-history.ts';
import { storedRuns } from './testing/stored-runs.ts';

/** The p99 of the only lane. */
function p99Of(runs: readonly StoredRun[]): HistorySeries {
  const series = buildHistory(runs, []).lanes[0]?.series.find(({ metric }) => metric === 'target.p99');
  if (series === undefined) throw new Error('no p99');
  return series;
}

describe('a history', () => {
  it('finds a regression by half at its first run, and says that it is worse', () => {
    const { changes, levels } = p99Of(storedRuns(24, (run) => (run < 14 ? 140 : 210)));
    expect(changes).toMatchObject([{ run: 15, worse: true }]);
    expect(levels.map(({ fromRun, toRun, runs }) => [fromRun, toRun, runs])).toEqual([
      [1, 14, 14],
      [15, 24, 10],
    ]);
  });

  it('finds none in equal runs', () => {
    const { lanes } = buildHistory(
      storedRuns(24, () => 140),
      [],
    );
    expect(lanes.flatMap(({ series }) => series).flatMap(({ changes }) => changes)).toEqual([]);
  });

  it('is in order of time, whatever the order of the folders', () => {
    const runs = storedRuns(12, () => 140);
    expect(buildHistory([...runs].reverse(), [])).toEqual(buildHistory(runs, []));
  });

  it('calls no change point where the environment changed: it marks that instead', () => {
    const moved = storedRuns(24, (run) => (run < 12 ? 140 : 80)).map((run, index) =>
      index < 12 ? run : { ...run, fingerprint: { ...run.fingerprint, 'host.cores': '8' } },
    );
    expect(p99Of(moved).changes).toEqual([]);
    const marked = buildHistory(moved, []).lanes[0]?.runs.filter(({ differences }) => differences.length > 0);
    expect(marked).toMatchObject([{ number: 13, differences: [{ name: 'host.cores', baseline: '2', run: '8' }] }]);
  });

  it.each([
    ['invalid for the metric', { invalidScopes: ['target'] }],
    ['invalid as a whole', { invalidScopes: [null] }],
    ['with a planted defect', { plantedDefect: 'slow' }],
    ['that ended early', { incomplete: 'interrupted' }],
  ])('shows runs %s, and leaves them out of change points', (_, change) => {
    const slow = storedRuns(24, (run) => (run < 14 ? 140 : 210)).map((run, index) =>
      index < 14 ? run : { ...run, ...change },
    );
    const series = p99Of(slow);
    expect(series.changes).toEqual([]);
    expect(series.points).toHaveLength(24);
    expect(series.points.filter(({ counts }) => !counts).map(({ run }) => run)).toEqual(
      Array.from({ length: 10 }, (__, index) => 15 + index),
    );
  });

  it('counts a metric whose own experiment was valid', () => {
    const series = p99Of(storedRuns(3, () => 140).map((run) => ({ ...run, invalidScopes: ['baseline'] })));
    expect(series.points.every(({ counts }) => counts)).toBe(true);
  });

  it('keeps profiles and kinds of environment apart', () => {
    const runs = storedRuns(4, () => 140).map((run, index) => ({
      ...run,
      kind: index % 2 ? 'containers' : 'embedded',
    }));
    expect(buildHistory(runs, []).lanes.map(({ kind, runs: { length } }) => [kind, length])).toEqual([
      ['containers', 2],
      ['embedded', 2],
    ]);
  });
});

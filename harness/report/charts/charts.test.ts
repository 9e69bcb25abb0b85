import { describe, expect, it } from 'vitest';
import { ratio } from '../testing/build-finding.ts';
import { buildComparisonResult } from '../testing/build-comparison-result.ts';
import { buildPassingResult } from '../testing/build-result.ts';
import { buildEmptyScenario } from '../testing/build-scenario.ts';
import { buildKillMatrix } from '../../model/testing/build-kill-matrix.ts';
import { comparedRatios, mapRatios } from './compared-ratios.ts';
import { killMatrixCharts, mapMatrix } from './kill-matrix.ts';
import { latencyDistribution, mapDistribution } from './latency-distribution.ts';
import { latencyOverTime, mapTimeData } from './latency-over-time.ts';
import { paperPalette } from './palette.ts';
import { chartSpecification, renderChart } from './render-chart.ts';
import { mapCostData, rlsCost } from './rls-cost.ts';
import { rlsCostFinding, rlsCostRows } from './rls-cost-rows.ts';

const result = buildPassingResult();
const [baseline] = result.scenarios;
if (baseline === undefined) throw new Error('the fixture has no scenario');
const finding = rlsCostFinding(result);
if (finding === null) throw new Error('the fixture has no RLS-COST');
const charts = [
  latencyOverTime(baseline, 500),
  latencyDistribution(baseline, 500),
  rlsCost(rlsCostRows(finding), 1.25),
  comparedRatios(buildComparisonResult().findings),
  ...killMatrixCharts(buildKillMatrix()),
];

describe('renderChart', () => {
  it.each(charts)('draws with the colours of the page only, at no fixed size, with a name', async (chart) => {
    if (chart === null) throw new Error('a chart is missing');
    const { source } = await renderChart(chart);
    expect(source).toMatch(
      /^<svg xmlns="[^"]+" class="chart" viewBox="0 0 420 \d+" role="img" aria-label="[^"]{40,}">/,
    );
    expect(source).toContain('var(--');
    const inks = [...source.matchAll(/(?:fill|stroke)="([^"]+)"/g)].map(([, ink]) => ink);
    expect(inks.length).toBeGreaterThan(5);
    expect(inks.filter((ink) => !/^(var\(--[a-z]+, #[0-9a-f]{6}\)|none|transparent)$/.test(ink ?? ''))).toEqual([]);
    expect(source).not.toMatch(/NaN|undefined|Infinity/);
    expect(source).not.toMatch(/\sid="/);
  });

  it.each(charts)('has a specification for white paper that names its schema and carries its data', (chart) => {
    if (chart === null) throw new Error('a chart is missing');
    const text = chartSpecification(chart).source.replaceAll('&quot;', '"');
    expect(text).toContain('vega-lite/v6.json');
    expect(text).toContain(paperPalette.limit);
    expect(text).not.toContain('var(--');
  });
});

describe('latencyOverTime', () => {
  it('counts the warm-up from its windows and leaves room for the limit', () => {
    const data = mapTimeData(baseline, 500);
    expect(data).toMatchObject({ warmUpEnd: 6, lastSecond: 46, highMs: 500 });
  });

  it('takes a window without latency for a gap, and a run that is all warm-up as it is', () => {
    const [first, second] = baseline.series;
    if (first === undefined || second === undefined) throw new Error('the fixture has no series');
    const series = [
      { ...first, secondsFromStart: 0, warmUp: true, p50Ms: 0, p99Ms: null },
      { ...second, secondsFromStart: 1, warmUp: true },
    ];
    const data = mapTimeData({ ...baseline, series }, null);
    expect(data?.points[0]).toMatchObject({ p50Ms: null, p99Ms: null });
    expect(data?.warmUpEnd).toBe(2);
  });

  it('is not drawn of nothing', () => {
    expect(latencyOverTime(buildEmptyScenario('target', 'Target'), 500)).toBeNull();
  });
});

describe('latencyDistribution', () => {
  it('counts shares, and what lies above the limit', () => {
    const distribution = [
      { fromMs: 0, toMs: 10, requests: 60 },
      { fromMs: 10, toMs: 100, requests: 30 },
      { fromMs: 500, toMs: 600, requests: 10 },
    ];
    const data = mapDistribution({ ...baseline, distribution }, 500);
    expect(data?.bins.map((bin) => bin.share)).toEqual([0.6, 0.3, 0.1]);
    expect(data?.bins[0]?.fromMs).toBe(5);
    expect(data?.shareAboveLimit).toBe(0.1);
  });

  it('is not drawn of nothing', () => {
    expect(latencyDistribution(buildEmptyScenario('target', 'Target'), 500)).toBeNull();
  });
});

describe('rlsCost', () => {
  const row = (label: string, value: number) => ({ label, quantity: ratio(value, 100), outcome: null, note: null });

  it('shows changes in per cent and keeps equal short labels apart', () => {
    const long = 'GET /api/v1/portfolios/:id/positions';
    const { points, limit } = mapCostData([row(`${long}/a`, 1.1), row(`${long}/b`, 1.3)], 1.25);
    expect(points.map((point) => Math.round(point.change))).toEqual([10, 30]);
    expect(Math.round(limit)).toBe(25);
    expect(new Set(points.map((point) => point.label)).size).toBe(2);
  });

  it('runs an open side to the edge and leaves a bare point where nothing is bounded', () => {
    const open = { ...row('a', 1.1), quantity: { ...ratio(1.1, 100), interval: [1.05, null] as [number, null] } };
    const bare = { ...row('b', 1.1), quantity: { ...ratio(1.1, 100), interval: [null, null] as [null, null] } };
    const { points, domain } = mapCostData([open, bare], 1.25);
    expect(points[0]?.high).toBe(domain[1]);
    expect(points[1]?.low).toBe(points[1]?.high);
  });

  it('is not drawn without rows or without a limit; rows that compare something else are not in it', () => {
    expect(rlsCost([], 1.25)).toBeNull();
    expect(rlsCost([row('a', 1)], null)).toBeNull();
    expect(rlsCost([{ ...row('a', 1), note: 'against bare' }], 1.25)).toBeNull();
  });
});

describe('killMatrixCharts', () => {
  const matrix = buildKillMatrix();
  const [first, ...others] = matrix.mutants;
  if (first === undefined) throw new Error('the fixture has no mutant');

  it('has a row for each mutant below the name of its layer, and a cell for each layer that was asked', () => {
    const { labels, headings, cells } = mapMatrix(matrix);
    expect(headings).toEqual(['Postgres', 'Redis', 'Vault', 'Service']);
    expect(labels.slice(0, 3)).toEqual(['Postgres', 'policy-dropped', 'no-with-check']);
    expect(labels).toHaveLength(matrix.mutants.length + 4);
    expect(cells.filter(({ label }) => label === 'policy-dropped')).toEqual([
      { label: 'policy-dropped', column: 'sql', kills: 3 },
      { label: 'policy-dropped', column: 'pool', kills: 0 },
    ]);
  });

  it('draws a survivor as an empty row in red, and tells of it in words', async () => {
    const missed = { ...first, outcome: 'survived' as const, killedBy: [], reason: 'no probe saw it' };
    const survived = { ...matrix, mutants: [missed, ...others] };
    expect(mapMatrix(survived).cells.some(({ label }) => label === 'policy-dropped')).toBe(false);
    expect(mapMatrix(survived).remarks).toEqual([{ label: 'policy-dropped', text: 'survived', survived: true }]);
    const [chart] = killMatrixCharts(survived);
    if (chart === undefined) throw new Error('no chart');
    expect(chart.alternative).toContain('Survived: policy-dropped.');
    expect((await renderChart(chart)).source).toContain('>survived</text>');
  });

  it('is one for the stores, one for the service and one for Vault, as far as mutants of them were tried', () => {
    expect(killMatrixCharts(matrix).map(({ id }) => id)).toEqual([
      'kill-matrix-postgres-redis',
      'kill-matrix-service',
      'kill-matrix-vault',
    ]);
    const alone = matrix.mutants.filter(({ layer }) => layer === 'redis');
    expect(killMatrixCharts({ ...matrix, mutants: alone }).map(({ title }) => title)).toEqual([
      'Defects of Redis, and how many probes of each layer noticed them',
    ]);
  });

  it('keeps ids apart that begin alike, and is not drawn of nothing', () => {
    const long = 'a-mutant-with-a-name-that-is-far-too-long';
    const { labels } = mapMatrix({ mutants: ['a', 'b'].map((end) => ({ ...first, id: `${long}-${end}` })) });
    expect(new Set(labels).size).toBe(3);
    expect(killMatrixCharts({ ...matrix, mutants: [] })).toEqual([]);
  });
});

describe('comparedRatios', () => {
  const { findings } = buildComparisonResult();
  const [first, second, ...rest] = findings;
  if (!first?.quantity || !second?.quantity) throw new Error('the fixture has no findings');
  const wide = { ...first, quantity: { ...first.quantity, interval: [0.3, null] as [number, null] } };
  const count = { ...second, quantity: { ...second.quantity, unit: 'count' as const } };

  it('marks what goes on beyond its edges', () => {
    const [point, other] = mapRatios([wide, ...rest]);
    expect(point).toMatchObject({ low: 0.5, cutLow: true, high: 4, cutHigh: true });
    expect(other).toMatchObject({ cutLow: false, cutHigh: false });
    expect(comparedRatios([wide, ...rest])?.title).toContain('Arrow: the interval goes on.');
    expect(comparedRatios(findings)?.title).not.toContain('Arrow');
  });

  it('says which claims it does not draw', () => {
    const chart = comparedRatios([first, count, ...rest]);
    expect(chart?.title).toContain('2 of 3 claims: CMP-TAIL is in the table only.');
    expect(chart?.alternative).toContain('2 of 3 claims: CMP-TAIL is in the table only.');
    expect(comparedRatios(findings)?.title).not.toContain('table only');
  });
});

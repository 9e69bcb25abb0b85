/** Chart: p50 and p99 of each second of a scenario, with the limit and the warm-up. */
import type { TopLevelSpec } from 'vega-lite';
import type { ScenarioSummary } from '../../model/result.ts';
import { formatExact, formatNumber, formatPlural } from '../format/number.ts';
import type { Chart } from './chart.ts';
import { chartFrame } from './chart-frame.ts';
import { logTicks, thinTicks } from './log-scale.ts';
import type { Palette } from './palette.ts';

const plotHeight = 140;
const padding = { left: 44, right: 36, top: 10, bottom: 40 };

interface SecondPoint {
  second: number;
  p50Ms: number | null;
  p99Ms: number | null;
  errors: number;
}

interface TimeData {
  points: SecondPoint[];
  /** End of the warm-up, s; 0 where there was none. */
  warmUpEnd: number;
  lastSecond: number;
  lowMs: number;
  highMs: number;
  limitMs: number | null;
}

/** A logarithmic axis has no place for zero: such a window counts as empty. */
function positive(value: number | null): number | null {
  return value !== null && value > 0 ? value : null;
}

/** Series → points, extent and end of the warm-up; null where no second has a latency. */
export function mapTimeData(scenario: ScenarioSummary, limitMs: number | null): TimeData | null {
  const points = scenario.series.map((window) => ({
    second: window.secondsFromStart,
    p50Ms: positive(window.p50Ms),
    p99Ms: positive(window.p99Ms),
    errors: window.errors,
  }));
  const seen = points.flatMap((point) => [point.p50Ms, point.p99Ms]).filter((value) => value !== null);
  if (seen.length === 0) return null;
  const bounds = limitMs === null ? seen : [...seen, limitMs];
  const measured = scenario.series.filter((window) => !window.warmUp).map((window) => window.secondsFromStart);
  const lastSecond = Math.max(...points.map((point) => point.second)) + 1;
  const warmUpEnd = scenario.series.some((window) => window.warmUp) ? Math.min(lastSecond, ...measured) : 0;
  return { points, warmUpEnd, lastSecond, lowMs: Math.min(...bounds), highMs: Math.max(...bounds), limitMs };
}

function describe(scenario: ScenarioSummary, data: TimeData): string {
  const p99 = data.points.filter((point) => point.second >= data.warmUpEnd).map((point) => point.p99Ms);
  const seen = p99.filter((value) => value !== null);
  const errors = data.points.reduce((total, point) => total + point.errors, 0);
  const range =
    seen.length === 0
      ? 'No second after the warm-up has a latency.'
      : `After the warm-up the p99 of single seconds lies between ${formatNumber(Math.min(...seen))} and ${formatNumber(Math.max(...seen))} ms.`;
  const limit = data.limitMs === null ? 'No limit applies.' : `The limit is ${formatExact(data.limitMs)} ms.`;
  const warmUp =
    data.warmUpEnd > 0 ? `The first ${formatExact(data.warmUpEnd)} s are warm-up.` : 'There was no warm-up.';
  return `${scenario.title}: latency over ${formatExact(data.lastSecond)} s. ${range} ${limit} ${warmUp} ${formatPlural(errors, 'failed request')}.`;
}

function warmUpLayers(data: TimeData, palette: Palette) {
  if (data.warmUpEnd <= 0) return [];
  const values = [{ from: 0, to: data.warmUpEnd }];
  return [
    {
      data: { values },
      mark: { type: 'rect' as const, color: palette.shade },
      encoding: { x: { field: 'from', type: 'quantitative' as const }, x2: { field: 'to' } },
    },
    {
      data: { values: [{ from: 0, text: 'warm-up' }] },
      mark: { type: 'text' as const, align: 'left' as const, dx: 4, color: palette.quiet, baseline: 'bottom' as const },
      encoding: {
        x: { field: 'from', type: 'quantitative' as const },
        y: { value: plotHeight - 4 },
        text: { field: 'text' },
      },
    },
  ];
}

function lineLayers(data: TimeData, palette: Palette) {
  const last = data.points.findLast((point) => point.p99Ms !== null && point.p50Ms !== null);
  return (['p50Ms', 'p99Ms'] as const).flatMap((field) => {
    const isTail = field === 'p99Ms';
    const color = isTail ? palette.strong : palette.soft;
    const line = {
      mark: { type: 'line' as const, color, strokeWidth: isTail ? 1.8 : 1.4, strokeJoin: 'round' as const },
      encoding: {
        x: { field: 'second', type: 'quantitative' as const },
        y: { field, type: 'quantitative' as const },
      },
    };
    if (last === undefined) return [line];
    const label = {
      data: { values: [{ second: last.second, value: last[field], text: isTail ? 'p99' : 'p50' }] },
      mark: {
        type: 'text' as const,
        align: 'left' as const,
        dx: 5,
        // The two labels grow away from each other, so that they never cover one another.
        baseline: isTail ? ('bottom' as const) : ('top' as const),
        dy: isTail ? 4 : -4,
        color: isTail ? palette.strong : palette.ink,
      },
      encoding: {
        x: { field: 'second', type: 'quantitative' as const },
        y: { field: 'value', type: 'quantitative' as const },
        text: { field: 'text' },
      },
    };
    return [line, label];
  });
}

function limitLayers(data: TimeData, palette: Palette) {
  if (data.limitMs === null) return [];
  const values = [{ limit: data.limitMs, at: data.warmUpEnd, text: `limit ${formatExact(data.limitMs)} ms` }];
  const y = { field: 'limit', type: 'quantitative' as const };
  const label = { type: 'text' as const, align: 'left' as const, baseline: 'bottom' as const, dx: 5, dy: -3 };
  const encoding = { x: { field: 'at', type: 'quantitative' as const }, y, text: { field: 'text' } };
  // A latency near its limit runs through the label: a rim of paper keeps it readable.
  const rim = { ...label, color: palette.paper, stroke: palette.paper, strokeWidth: 4, strokeJoin: 'round' as const };
  return [
    {
      data: { values },
      mark: { type: 'rule' as const, color: palette.limit, strokeDash: [6, 3], strokeWidth: 1.4 },
      encoding: { y },
    },
    { data: { values }, mark: rim, encoding },
    { data: { values }, mark: { ...label, color: palette.limit }, encoding },
  ];
}

function errorLayer(data: TimeData, palette: Palette) {
  const values = data.points.filter((point) => point.errors > 0).map((point) => ({ second: point.second }));
  if (values.length === 0) return [];
  return [
    {
      data: { values },
      mark: { type: 'point' as const, shape: 'M-1,-1L1,1M-1,1L1,-1', size: 30, color: palette.limit, strokeWidth: 1.6 },
      encoding: { x: { field: 'second', type: 'quantitative' as const }, y: { value: plotHeight - 6 } },
    },
  ];
}

function buildSpec(data: TimeData, palette: Palette): TopLevelSpec {
  const ticks = logTicks(data.lowMs / 1.2, data.highMs * 1.4);
  const y = { domain: [ticks[0] ?? 1, ticks.at(-1) ?? 1000], type: 'log' as const, nice: false };
  return {
    ...chartFrame(palette, plotHeight, padding),
    data: { values: data.points },
    layer: [
      ...warmUpLayers(data, palette),
      ...lineLayers(data, palette),
      ...limitLayers(data, palette),
      ...errorLayer(data, palette),
    ],
    encoding: {
      x: {
        type: 'quantitative',
        scale: { domain: [0, data.lastSecond], nice: false },
        axis: { title: 'seconds from start', tickCount: 6 },
      },
      y: { type: 'quantitative', scale: y, axis: { title: null, values: thinTicks(ticks, 8), format: ',~r' } },
    },
  };
}

/** Null where the scenario has no second with a latency. */
export function latencyOverTime(scenario: ScenarioSummary, limitMs: number | null): Chart | null {
  const data = mapTimeData(scenario, limitMs);
  if (data === null) return null;
  const hasErrors = data.points.some((point) => point.errors > 0);
  return {
    id: `latency-over-time-${scenario.id}`,
    title: `Latency of each second, ms, log scale${hasErrors ? '; × marks failed requests' : ''}`,
    alternative: describe(scenario, data),
    spec: (palette) => buildSpec(data, palette),
  };
}

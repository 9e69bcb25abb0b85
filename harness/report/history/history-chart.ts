/** Chart: one metric over the runs of a lane, with intervals, levels, change points and changes of the environment. */
import type { TopLevelSpec } from 'vega-lite';
import type { HistoryLane, HistorySeries } from '../../model/history.ts';
import type { Chart } from '../charts/chart.ts';
import { chartFrame } from '../charts/chart-frame.ts';
import type { Palette } from '../charts/palette.ts';
import { formatChange, formatValue } from '../format/quantity.ts';
import { formatPlural } from '../format/number.ts';

const plotHeight = 150;
const padding = { left: 52, right: 16, top: 22, bottom: 40 };
const mostTicks = 6;

interface PointDatum {
  run: number;
  value: number;
  low: number;
  high: number;
}

interface HistoryData {
  valid: PointDatum[];
  invalid: PointDatum[];
  levels: { from: number; to: number; mean: number }[];
  changes: { run: number; text: string; worse: boolean }[];
  /** Between the last run of one fingerprint and the first of the next. */
  breaks: { run: number }[];
  runs: number;
  domain: [number, number];
}

/** Marks of a change stand between two runs. */
const beforeRun = (run: number): number => run - 0.5;

/** Null where no run has the metric. A bound that is open reaches the edge of the chart: ending at the point, it would look certain. */
export function mapHistoryData(lane: HistoryLane, series: HistorySeries): HistoryData | null {
  if (series.points.length === 0) return null;
  const bounds = series.points.flatMap(({ quantity: { value, interval } }) =>
    [value, ...interval].filter((bound) => bound !== null),
  );
  const [low, high] = [Math.min(...bounds), Math.max(...bounds)];
  const margin = high > low ? (high - low) * 0.08 : Math.max(1, Math.abs(high)) * 0.1;
  const [bottom, top] = [low - margin, high + margin];
  const datum = ({ run, quantity: { value, interval } }: HistorySeries['points'][number]): PointDatum => {
    return { run, value, low: interval[0] ?? bottom, high: interval[1] ?? top };
  };
  const those = (wanted: boolean) => series.points.filter(({ counts }) => counts === wanted).map(datum);
  return {
    valid: those(true),
    invalid: those(false),
    levels: series.levels.map(({ fromRun, toRun, mean }) => ({ from: fromRun - 0.35, to: toRun + 0.35, mean })),
    changes: series.changes.map(({ run, before, after, worse }) => ({
      run: beforeRun(run),
      text: before === 0 ? 'change' : formatChange(after / before),
      worse,
    })),
    breaks: lane.runs
      .filter(({ differences }) => differences.length > 0)
      .map(({ number }) => ({ run: beforeRun(number) })),
    runs: lane.runs.length,
    domain: [bottom, top],
  };
}

function describe(series: HistorySeries, data: HistoryData): string {
  const last = series.points.at(-1)?.quantity;
  const latest = last === undefined ? '' : ` The latest is ${formatValue(last.value, last.unit)}.`;
  const changes = series.changes.map(
    ({ run, before, after }) =>
      ` It changed at run ${run}, ${before === 0 ? '' : `by ${formatChange(after / before)}`}.`,
  );
  const none = changes.length === 0 ? ' No change point was found.' : changes.join('');
  return `${series.title}: ${formatPlural(series.points.length, 'run')}, ${formatPlural(data.invalid.length, 'invalid one')}.${latest}${none}`;
}

const at = (field: string) => ({ field, type: 'quantitative' as const });

function pointLayers(points: PointDatum[], palette: Palette, isValid: boolean) {
  const color = isValid ? palette.strong : palette.quiet;
  const dash = isValid ? {} : { strokeDash: [2, 2] };
  const fill = isValid ? palette.strong : palette.paper;
  return [
    {
      data: { values: points },
      mark: { type: 'rule' as const, color, strokeWidth: 1.5, ...dash },
      encoding: { x: at('run'), y: at('low'), y2: { field: 'high' } },
    },
    {
      data: { values: points },
      mark: { type: 'point' as const, shape: 'circle', size: 34, fill, stroke: color, strokeWidth: 1.4, opacity: 1 },
      encoding: { x: at('run'), y: at('value') },
    },
  ];
}

function levelLayer({ levels }: HistoryData, palette: Palette) {
  return {
    data: { values: levels },
    mark: { type: 'rule' as const, color: palette.soft, strokeWidth: 2.4 },
    encoding: { x: at('from'), x2: { field: 'to' }, y: at('mean') },
  };
}

/** Lines from top to bottom: dashed where the environment changed, solid with the change in per cent where the metric did. */
function markLayers({ breaks, changes }: HistoryData, palette: Palette) {
  const extent = { y: { value: 0 }, y2: { value: plotHeight } };
  const color = {
    field: 'worse',
    type: 'nominal' as const,
    legend: null,
    scale: { domain: [true, false], range: [palette.limit, palette.ink] },
  };
  return [
    {
      data: { values: breaks },
      mark: { type: 'rule' as const, color: palette.quiet, strokeDash: [4, 4], strokeWidth: 1 },
      encoding: { x: at('run'), ...extent },
    },
    {
      data: { values: changes },
      mark: { type: 'rule' as const, strokeWidth: 1.4 },
      encoding: { x: at('run'), ...extent, color },
    },
    {
      data: { values: changes },
      mark: { type: 'text' as const, align: 'center' as const, baseline: 'bottom' as const },
      encoding: { x: at('run'), y: { value: -5 }, text: { field: 'text' }, color },
    },
  ];
}

/** Whole numbers of runs, evenly spread. */
function runTicks(runs: number): number[] {
  const step = Math.max(1, Math.ceil(runs / mostTicks));
  return Array.from({ length: Math.floor((runs - 1) / step) + 1 }, (_, index) => 1 + index * step);
}

function buildSpec(data: HistoryData, palette: Palette): TopLevelSpec {
  return {
    ...chartFrame(palette, plotHeight, padding),
    layer: [
      ...markLayers(data, palette),
      levelLayer(data, palette),
      ...pointLayers(data.invalid, palette, false),
      ...pointLayers(data.valid, palette, true),
    ],
    encoding: {
      x: {
        type: 'quantitative',
        scale: { domain: [0.4, data.runs + 0.6], nice: false, zero: false },
        axis: { title: 'run', values: runTicks(data.runs), format: 'd' },
      },
      y: {
        type: 'quantitative',
        scale: { domain: data.domain, nice: false, zero: false },
        axis: { title: null, tickCount: 5, format: ',~r' },
      },
    },
  };
}

/** Null where no run has the metric. `place`: of the lane in the page, for an id of its own. */
export function historyChart(lane: HistoryLane, series: HistorySeries, place: number): Chart | null {
  const data = mapHistoryData(lane, series);
  if (data === null) return null;
  const unit = series.points[0]?.quantity.unit ?? '';
  return {
    id: `history-${place}-${series.metric.replaceAll(/[^A-Za-z0-9]+/g, '-')}`,
    title: `${series.title}, ${unit}`,
    alternative: describe(series, data),
    spec: (palette) => buildSpec(data, palette),
  };
}

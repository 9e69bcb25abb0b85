/** Chart: how the latencies of a scenario are distributed, on a logarithmic axis, with p50, p99 and the limit. */
import type { TopLevelSpec } from 'vega-lite';
import type { ScenarioSummary } from '../../model/result.ts';
import { formatExact, formatNumber, formatShare } from '../format/number.ts';
import type { Chart } from './chart.ts';
import { chartFrame, chartWidth } from './chart-frame.ts';
import { logTicks, thinTicks } from './log-scale.ts';
import type { Palette } from './palette.ts';

const plotHeight = 102;
const padding = { left: 44, right: 16, top: 48, bottom: 40 };
const plotWidth = chartWidth - padding.left - padding.right;
/** Mean advance of a character in a label, px. */
const characterWidth = 6.4;

type Domain = [low: number, high: number];

interface Bin {
  fromMs: number;
  toMs: number;
  share: number;
}

interface Mark {
  atMs: number;
  text: string;
}

interface DistributionData {
  bins: Bin[];
  lowMs: number;
  highMs: number;
  percentiles: Mark[];
  limitMs: number | null;
  /** Share of requests in bins that begin at or above the limit. */
  shareAboveLimit: number;
}

/** Bins → shares and extent; null where no request was counted. */
export function mapDistribution(scenario: ScenarioSummary, limitMs: number | null): DistributionData | null {
  const filled = scenario.distribution.filter((bin) => bin.requests > 0 && bin.toMs > 0);
  const total = filled.reduce((sum, bin) => sum + bin.requests, 0);
  if (total === 0) return null;
  // A first bin that begins at 0 has no place on a logarithmic axis: it is drawn as wide as a factor of two.
  const bins = filled.map((bin) => ({
    fromMs: bin.fromMs > 0 ? bin.fromMs : bin.toMs / 2,
    toMs: bin.toMs,
    share: bin.requests / total,
  }));
  const percentiles = [
    { atMs: scenario.p50Ms, text: 'p50' },
    { atMs: scenario.p99Ms, text: 'p99' },
  ].flatMap(({ atMs, text }) => (atMs !== null && atMs > 0 ? [{ atMs, text: `${text} ${formatNumber(atMs)}` }] : []));
  const bounds = [...bins.flatMap((bin) => [bin.fromMs, bin.toMs]), ...(limitMs === null ? [] : [limitMs])];
  const above = bins.filter((bin) => limitMs !== null && bin.fromMs >= limitMs);
  return {
    bins,
    lowMs: Math.min(...bounds),
    highMs: Math.max(...bounds),
    percentiles,
    limitMs,
    shareAboveLimit: above.reduce((sum, bin) => sum + bin.share, 0),
  };
}

function describe(scenario: ScenarioSummary, data: DistributionData): string {
  const marks = data.percentiles.map((mark) => `${mark.text} ms`).join(', ');
  const limit =
    data.limitMs === null
      ? 'No limit applies.'
      : `The limit is ${formatExact(data.limitMs)} ms; ${formatShare(data.shareAboveLimit)} of the requests lie above it.`;
  const range = `from ${formatNumber(data.bins[0]?.fromMs ?? null)} to ${formatNumber(data.bins.at(-1)?.toMs ?? null)} ms`;
  return `${scenario.title}: distribution of latency ${range}. ${marks === '' ? '' : `${marks}. `}${limit}`;
}

interface Flag {
  mark: Mark;
  /** Distance of the label's middle from the top of the plot, px; negative above it. */
  labelY: number;
  color: string;
  dashed: boolean;
}

function barLayer(bins: Bin[], palette: Palette) {
  return {
    data: { values: bins },
    mark: { type: 'rect' as const, color: palette.soft, stroke: palette.soft, strokeWidth: 0.5 },
    encoding: {
      x: { field: 'fromMs', type: 'quantitative' as const },
      x2: { field: 'toMs' },
      y: { field: 'share', type: 'quantitative' as const },
      y2: { datum: 0 },
    },
  };
}

/** The label stands left of its line, unless it would cross the limit there or leave the chart. */
function isLeft(mark: Mark, domain: Domain, limitMs: number | null): boolean {
  const [low, high] = domain;
  const place = (atMs: number) => (Math.log(atMs / low) / Math.log(high / low)) * plotWidth;
  const start = place(mark.atMs) - mark.text.length * characterWidth - 6;
  const limit = limitMs === null || limitMs === mark.atMs ? null : place(limitMs);
  const crosses = limit !== null && limit > start && limit < place(mark.atMs);
  return start > -padding.left && !crosses;
}

function flagLayers(flag: Flag, left: boolean) {
  const x = { field: 'atMs', type: 'quantitative' as const };
  const dash = flag.dashed ? { strokeDash: [6, 3] } : {};
  return [
    {
      data: { values: [flag.mark] },
      mark: { type: 'rule' as const, color: flag.color, strokeWidth: 1.4, ...dash },
      encoding: { x, y: { value: flag.labelY - 7 }, y2: { value: plotHeight } },
    },
    {
      data: { values: [flag.mark] },
      mark: {
        type: 'text' as const,
        align: left ? ('right' as const) : ('left' as const),
        dx: left ? -5 : 5,
        baseline: 'middle' as const,
        color: flag.color,
      },
      encoding: { x, y: { value: flag.labelY }, text: { field: 'text' } },
    },
  ];
}

/** One row of labels each, the limit on top: a lower flag's label never meets the line of a higher percentile. */
function flags(data: DistributionData, palette: Palette): Flag[] {
  const percentiles = data.percentiles.map((mark, index) => ({
    mark,
    labelY: index === 0 ? -10 : -24,
    color: index === 0 ? palette.ink : palette.strong,
    dashed: false,
  }));
  if (data.limitMs === null) return percentiles;
  const mark = { atMs: data.limitMs, text: `limit ${formatExact(data.limitMs)} ms` };
  return [...percentiles, { mark, labelY: -38, color: palette.limit, dashed: true }];
}

function buildSpec(data: DistributionData, palette: Palette): TopLevelSpec {
  const ticks = logTicks(data.lowMs, data.highMs * 1.05);
  const domain: Domain = [ticks[0] ?? 1, ticks.at(-1) ?? 1000];
  const layers = flags(data, palette).flatMap((flag) => flagLayers(flag, isLeft(flag.mark, domain, data.limitMs)));
  const labels = Math.floor(plotWidth / 40);
  return {
    ...chartFrame(palette, plotHeight, padding),
    layer: [barLayer(data.bins, palette), ...layers],
    encoding: {
      x: {
        type: 'quantitative',
        scale: { type: 'log', domain, nice: false },
        axis: { title: 'latency, ms', values: thinTicks(ticks, labels), format: ',~r' },
      },
      y: { type: 'quantitative', axis: { title: null, format: '~%', tickCount: 4 } },
    },
  };
}

/** Null where no request was counted. */
export function latencyDistribution(scenario: ScenarioSummary, limitMs: number | null): Chart | null {
  const data = mapDistribution(scenario, limitMs);
  if (data === null) return null;
  return {
    id: `latency-distribution-${scenario.id}`,
    title: 'Share of requests by latency, log scale',
    alternative: describe(scenario, data),
    spec: (palette) => buildSpec(data, palette),
  };
}

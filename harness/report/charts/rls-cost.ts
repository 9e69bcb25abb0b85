/** Chart: what row-level security costs, endpoint by endpoint, with intervals and the limit. */
import type { TopLevelSpec } from 'vega-lite';
import { formatPlural } from '../format/number.ts';
import { formatChange, formatChangeLimit, formatInterval } from '../format/quantity.ts';
import type { Chart } from './chart.ts';
import { chartFrame, chartWidth, labelSize } from './chart-frame.ts';
import type { Palette } from './palette.ts';
import type { RlsCostRow } from './rls-cost-rows.ts';

const rowHeight = 24;
/** Mean advance of a character of Helvetica, em. */
const characterWidthEm = 0.56;
const longestLabel = 26;

interface CostPoint {
  label: string;
  change: number;
  low: number;
  high: number;
  state: 'shown' | 'broken' | 'inconclusive';
}

interface CostData {
  points: CostPoint[];
  limit: number;
  domain: [number, number];
}

function shorten(label: string): string {
  return label.length <= longestLabel ? label : `${label.slice(0, longestLabel - 1)}…`;
}

/** Two endpoints may share their first letters: a repeated short label gets a number, else they would share a row. */
function distinctLabels(rows: readonly RlsCostRow[]): string[] {
  const seen = new Map<string, number>();
  return rows.map((row) => {
    const label = shorten(row.label);
    const count = (seen.get(label) ?? 0) + 1;
    seen.set(label, count);
    return count === 1 ? label : `${label} ${count}`;
  });
}

function stateOf({ outcome }: RlsCostRow): CostPoint['state'] {
  return outcome === 'broken' || outcome === 'inconclusive' ? outcome : 'shown';
}

/** Ratios → changes in per cent; an interval that is open on a side runs to the edge of the chart. */
export function mapCostData(rows: readonly RlsCostRow[], limitRatio: number): CostData {
  const labels = distinctLabels(rows);
  const percent = (ratio: number) => (ratio - 1) * 100;
  const bounds = rows.flatMap((row) =>
    [row.quantity.value, ...row.quantity.interval].filter((value) => value !== null),
  );
  const values = [...bounds.map(percent), percent(limitRatio), 0];
  const span = Math.max(...values) - Math.min(...values);
  const domain: [number, number] = [Math.min(...values) - span * 0.06, Math.max(...values) + span * 0.1];
  const points = rows.map((row, index) => {
    const [low, high] = row.quantity.interval;
    const change = percent(row.quantity.value);
    const isPoint = low === null && high === null;
    return {
      label: labels[index] ?? row.label,
      change,
      low: isPoint ? change : low === null ? domain[0] : percent(low),
      high: isPoint ? change : high === null ? domain[1] : percent(high),
      state: stateOf(row),
    };
  });
  return { points, limit: percent(limitRatio), domain };
}

function describe(rows: readonly RlsCostRow[], limitRatio: number): string {
  const first = rows[0];
  const over = rows.filter((row) => row.quantity.value > limitRatio).length;
  const overall =
    first === undefined
      ? ''
      : `${first.label}: ${formatChange(first.quantity.value)}, interval of the ratio ${formatInterval(first.quantity) ?? 'not bounded'}. `;
  return (
    `Change of latency through row-level security, ${formatPlural(rows.length, 'row')}. ${overall}` +
    `The limit is ${formatChangeLimit(limitRatio)}; ${formatPlural(over, 'row')} above it. The table beside the chart has every figure.`
  );
}

const labelOrder = { field: 'label', type: 'nominal' as const, sort: null };

function pointLayers(points: CostPoint[], palette: Palette) {
  const domain = ['shown', 'broken', 'inconclusive'] satisfies CostPoint['state'][];
  const state = { field: 'state', type: 'nominal' as const, legend: null };
  const range = [palette.strong, palette.limit, palette.quiet];
  const color = { ...state, scale: { domain, range } };
  const shape = { ...state, scale: { domain, range: ['circle', 'diamond', 'square'] } };
  const at = (field: 'low' | 'change') => ({ field, type: 'quantitative' as const });
  return [
    {
      data: { values: points },
      mark: { type: 'rule' as const, strokeWidth: 1.8 },
      encoding: { y: labelOrder, x: at('low'), x2: { field: 'high' }, color },
    },
    {
      data: { values: points },
      mark: { type: 'point' as const, filled: true, size: 62, opacity: 1 },
      encoding: { y: labelOrder, x: at('change'), color, shape },
    },
  ];
}

function lineLayers(data: CostData, plotHeight: number, palette: Palette) {
  const zero = { type: 'rule' as const, color: palette.quiet, strokeWidth: 1 };
  const limit = { type: 'rule' as const, color: palette.limit, strokeWidth: 1.4, strokeDash: [6, 3] };
  const x = { field: 'at', type: 'quantitative' as const };
  const extent = { y: { value: -2 }, y2: { value: plotHeight } };
  const text = `limit ${formatChangeLimit(data.limit / 100 + 1)}`;
  return [
    { data: { values: [{ at: 0 }] }, mark: zero, encoding: { x, ...extent } },
    { data: { values: [{ at: data.limit }] }, mark: limit, encoding: { x, ...extent } },
    {
      data: { values: [{ at: data.limit, text }] },
      mark: {
        type: 'text' as const,
        color: palette.limit,
        align: 'center' as const,
        baseline: 'bottom' as const,
      },
      encoding: { x, y: { value: -5 }, text: { field: 'text' } },
    },
  ];
}

function buildSpec(data: CostData, palette: Palette): TopLevelSpec {
  const plotHeight = data.points.length * rowHeight;
  const longest = Math.max(...data.points.map((point) => point.label.length));
  const left = Math.ceil(longest * labelSize * characterWidthEm) + 14;
  return {
    ...chartFrame(palette, plotHeight, { left: Math.min(left, chartWidth / 2), right: 14, top: 24, bottom: 40 }),
    layer: [...lineLayers(data, plotHeight, palette), ...pointLayers(data.points, palette)],
    encoding: {
      x: {
        type: 'quantitative',
        scale: { domain: data.domain, nice: false, zero: false },
        axis: {
          title: 'change, %',
          tickCount: 6,
          format: ',~r',
          labelExpr: "datum.value > 0 ? '+' + datum.label : datum.label",
        },
      },
      y: { axis: { title: null, grid: true } },
    },
  };
}

/** Rows that compare something else stay in the table. Null where there is no row or no limit to hold it against. */
export function rlsCost(allRows: readonly RlsCostRow[], limitRatio: number | null): Chart | null {
  const rows = allRows.filter((row) => row.note === null);
  if (rows.length === 0 || limitRatio === null) return null;
  const data = mapCostData(rows, limitRatio);
  return {
    id: 'rls-cost',
    title: 'Change of latency, RLS against explicit filter',
    alternative: describe(rows, limitRatio),
    spec: (palette) => buildSpec(data, palette),
  };
}

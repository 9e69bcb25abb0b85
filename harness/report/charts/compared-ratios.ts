/** Chart: candidate against base, a row a claim: the ratio with its interval, and the limit of each as a tick. */
import type { TopLevelSpec } from 'vega-lite';
import { listIds } from '../../model/list-ids.ts';
import type { Finding } from '../../model/result.ts';
import { formatCount, formatPlural } from '../format/number.ts';
import { formatChange, formatChangeInterval, formatChangeLimit } from '../format/quantity.ts';
import type { Chart } from './chart.ts';
import { chartFrame, chartWidth, labelSize } from './chart-frame.ts';
import type { Palette } from './palette.ts';

const rowHeight = 28;
/** Mean advance of a character of Helvetica, em. */
const characterWidthEm = 0.6;
/** Beyond these a ratio is drawn at the edge of the chart: what is ten times as much would press all others into a line. */
const least = 0.5;
const most = 4;

export interface RatioPoint {
  label: string;
  ratio: number;
  low: number;
  high: number;
  limit: number;
  /** Up to which it holds. */
  margin: number;
  outcome: 'holds' | 'broken' | 'inconclusive';
  /** Whether the interval goes on beyond the edge, or is open on that side. */
  cutLow: boolean;
  cutHigh: boolean;
}

/** One for each finding that is a ratio with a limit; an open side of an interval runs to the edge. */
export function mapRatios(findings: readonly Finding[]): RatioPoint[] {
  const clamp = (value: number) => Math.min(most, Math.max(least, value));
  return findings.flatMap(({ id, quantity, limit, margin, outcome }) => {
    if (quantity?.unit !== 'ratio' || limit === null) return [];
    const [low, high] = quantity.interval;
    return [
      {
        label: id,
        ratio: clamp(quantity.value),
        low: clamp(low ?? least),
        high: clamp(high ?? most),
        limit: clamp(limit),
        margin: clamp(margin ?? limit),
        outcome,
        cutLow: low === null || low < least,
        cutHigh: high === null || high > most,
      },
    ];
  });
}

function describe(findings: readonly Finding[]): string {
  const rows = findings.flatMap(({ id, quantity, limit, outcome }) =>
    quantity?.unit === 'ratio' && limit !== null
      ? [
          `${id} ${formatChange(quantity.value)}, interval ${formatChangeInterval(quantity) ?? 'not bounded'}, broken over ${formatChangeLimit(limit)}, ${outcome}`,
        ]
      : [],
  );
  return `Change from base to candidate, ${formatPlural(rows.length, 'claim')}: ${rows.join('; ')}.${leftOut(findings)}`;
}

/** Differences of counts and shares have no place on an axis of ratios, nor has what was not measured. */
function leftOut(findings: readonly Finding[]): string {
  const drawn = mapRatios(findings).map(({ label }) => label);
  const left = findings.map(({ id }) => id).filter((id) => !drawn.includes(id));
  if (left.length === 0) return '';
  return ` ${formatCount(drawn.length)} of ${formatPlural(findings.length, 'claim')}: ${listIds(left)} ${left.length === 1 ? 'is' : 'are'} in the table only.`;
}

function titleOf(findings: readonly Finding[], points: readonly RatioPoint[]): string {
  const cut = points.some(({ cutLow, cutHigh }) => cutLow || cutHigh) ? ' Arrow: the interval goes on.' : '';
  return `Candidate against base: change with its interval, and the bounds of each claim.${cut}${leftOut(findings)}`;
}

function buildSpec(points: RatioPoint[], palette: Palette): TopLevelSpec {
  const plotHeight = points.length * rowHeight;
  const longest = Math.max(...points.map((point) => point.label.length));
  const left = Math.ceil(longest * labelSize * characterWidthEm) + 14;
  const ends = points.flatMap(({ ratio, low, high, limit, margin }) => [ratio, low, high, limit, margin, 1]);
  const low = Math.min(0.97, ...ends);
  const high = Math.max(1.07, ...ends);
  const y = { field: 'label', type: 'nominal' as const, sort: null };
  const x = (field: keyof RatioPoint) => ({ field, type: 'quantitative' as const });
  const domain = ['holds', 'broken', 'inconclusive'] satisfies RatioPoint['outcome'][];
  const color = {
    field: 'outcome',
    type: 'nominal' as const,
    legend: null,
    scale: { domain, range: [palette.strong, palette.limit, palette.quiet] },
  };
  const shape = { ...color, scale: { domain, range: ['circle', 'diamond', 'square'] } };
  return {
    ...chartFrame(palette, plotHeight, { left: Math.min(left, chartWidth / 2), right: 16, top: 8, bottom: 40 }),
    layer: [
      {
        data: { values: [{ at: 1 }] },
        mark: { type: 'rule', color: palette.quiet, strokeWidth: 1 },
        encoding: { x: { field: 'at', type: 'quantitative' }, y: { value: 0 }, y2: { value: plotHeight } },
      },
      {
        data: { values: points },
        mark: { type: 'tick', color: palette.limit, thickness: 2, size: rowHeight * 0.7 },
        encoding: { y, x: x('limit') },
      },
      {
        data: { values: points },
        mark: { type: 'tick', color: palette.soft, thickness: 2, size: rowHeight * 0.7 },
        encoding: { y, x: x('margin') },
      },
      {
        data: { values: points },
        mark: { type: 'rule', strokeWidth: 1.8 },
        encoding: { y, x: x('low'), x2: { field: 'high' }, color },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 62, opacity: 1 },
        encoding: { y, x: x('ratio'), color, shape },
      },
      {
        data: { values: points.filter(({ cutLow }) => cutLow) },
        mark: { type: 'point', filled: true, size: 48, opacity: 1, shape: 'triangle-left' },
        encoding: { y, x: x('low'), color },
      },
      {
        data: { values: points.filter(({ cutHigh }) => cutHigh) },
        mark: { type: 'point', filled: true, size: 48, opacity: 1, shape: 'triangle-right' },
        encoding: { y, x: x('high'), color },
      },
    ],
    encoding: {
      x: {
        type: 'quantitative',
        scale: { type: 'log', domain: [low / 1.01, high * 1.01], nice: false },
        axis: {
          title: 'change, % (log.); broken over red, holds up to blue tick',
          values: ticksWithin(low, high),
          labelExpr: "(datum.value > 1 ? '+' : '') + format((datum.value - 1) * 100, ',~r') + ''",
        },
      },
      y: { axis: { title: null, grid: true } },
    },
  };
}

/** Few enough to stand beside each other, whatever the spread. */
function ticksWithin(low: number, high: number): number[] {
  const ladders = [
    [0.98, 1, 1.02, 1.05, 1.1],
    [0.8, 0.9, 1, 1.1, 1.2, 1.4],
    [0.5, 0.75, 1, 1.5, 2, 3, 4],
  ];
  const [narrow = [], medium = [], wide = []] = ladders;
  const ladder = high <= 1.12 && low >= 0.9 ? narrow : high <= 1.5 && low >= 0.7 ? medium : wide;
  return ladder.filter((tick) => tick >= low / 1.01 && tick <= high * 1.01);
}

/** null where no claim is a ratio. */
export function comparedRatios(findings: readonly Finding[]): Chart | null {
  const points = mapRatios(findings);
  if (points.length === 0) return null;
  return {
    id: 'compared-ratios',
    title: titleOf(findings, points),
    alternative: describe(findings),
    spec: (palette) => buildSpec(points, palette),
  };
}

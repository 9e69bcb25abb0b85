/** Chart: how often each method calls the candidate slower, by how much slower it is. */
import type { TopLevelSpec } from 'vega-lite';
import type { Chart } from '../../harness/report/charts/chart.ts';
import { chartFrame } from '../../harness/report/charts/chart-frame.ts';
import type { Palette } from '../../harness/report/charts/palette.ts';
import type { CalibrationRow } from './calibration.ts';

const plotHeight = 180;
const padding = { left: 44, right: 120, top: 24, bottom: 44 };

export function powerChart(rows: readonly CalibrationRow[], gate: CalibrationRow['gate']): Chart {
  const points = rows
    .filter((row) => row.gate === gate)
    .map(({ method, effect, broken, decisions }) => ({
      method,
      effect: 100 * effect,
      found: (100 * broken) / decisions,
    }));
  const title = `Called slower, by added latency at the ${gate === 'median' ? 'median' : 'p99'}`;
  const own = points.filter(({ method }) => method === 'signoff');
  const figures = own.map(({ effect, found }) => `+${effect} %: ${found.toFixed(1)} %`).join(', ');
  return {
    id: `power-${gate}`,
    title,
    alternative: `${title}. signoff: ${figures}.`,
    spec: (palette) => specOf(points, palette),
  };
}

interface Point {
  method: string;
  effect: number;
  found: number;
}

function specOf(points: readonly Point[], palette: Palette): TopLevelSpec {
  const methods = [...new Set(points.map(({ method }) => method))];
  const ends = methods.flatMap((method) => points.filter((point) => point.method === method).at(-1) ?? []);
  const color = {
    field: 'method',
    type: 'nominal' as const,
    legend: null,
    scale: {
      domain: methods,
      range: [palette.strong, palette.quiet, palette.soft, palette.limit].slice(0, methods.length),
    },
  };
  const x = {
    field: 'effect',
    type: 'quantitative' as const,
    axis: { title: 'added latency, %', values: [0, 2, 3, 5, 10, 20] },
  };
  const y = {
    field: 'found',
    type: 'quantitative' as const,
    scale: { domain: [0, 100] },
    axis: { title: 'called slower, %' },
  };
  const shape = { ...color, scale: { domain: methods, range: ['circle', 'square', 'diamond', 'triangle-up'] } };
  return {
    ...chartFrame(palette, plotHeight, padding),
    layer: [
      { data: { values: [...points] }, mark: { type: 'line' as const, strokeWidth: 1.8 }, encoding: { x, y, color } },
      {
        data: { values: [...points] },
        mark: { type: 'point' as const, filled: true, size: 50 },
        encoding: { x, y, color, shape },
      },
      {
        data: { values: spreadApart(ends) },
        mark: { type: 'text' as const, align: 'left' as const, dx: 8 },
        encoding: { x, y: { ...y, field: 'at' }, color, text: { field: 'method', type: 'nominal' as const } },
      },
    ],
  };
}

/** Labels at the ends of lines that meet, one below the other. */
function spreadApart(ends: readonly Point[]): (Point & { at: number })[] {
  const lineHeight = 9;
  let above = 100 + lineHeight;
  return ends
    .toSorted((a, b) => b.found - a.found)
    .map((point) => {
      above = Math.min(point.found, above - lineHeight);
      return { ...point, at: above };
    });
}

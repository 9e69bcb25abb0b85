/** The frame that all charts share: size, type, axes. Fixed paddings, because text cannot be measured without a browser. */
import type { Config } from 'vega-lite';
import type { Palette } from './palette.ts';

/** Width of a whole chart, px: it fits a phone at its natural size, and two stand side by side on a page of A4. */
export const chartWidth = 420;
export const labelSize = 12;
const fontFamily = 'Helvetica Neue, Helvetica, Arial, sans-serif';

export interface Padding {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Type, axes and ink of every chart. */
function chartConfig(palette: Palette): Config {
  return {
    background: 'transparent',
    font: fontFamily,
    aria: false,
    axis: {
      labelColor: palette.quiet,
      labelFontSize: labelSize,
      titleColor: palette.quiet,
      titleFontSize: labelSize,
      titleFontWeight: 'normal',
      gridColor: palette.rule,
      domainColor: palette.quiet,
      tickColor: palette.quiet,
      tickSize: 4,
      labelOverlap: false,
      labelLimit: 0,
    },
    axisY: { domain: false, ticks: false, labelPadding: 6 },
    axisX: { grid: false },
    text: { color: palette.ink, fontSize: labelSize },
    view: { stroke: null },
  };
}

/** The parts of a specification that fix its outer size to `chartWidth` × (plot height + padding). */
export function chartFrame(palette: Palette, plotHeight: number, padding: Padding) {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: chartWidth - padding.left - padding.right,
    height: plotHeight,
    padding,
    autosize: { type: 'none' as const },
    config: chartConfig(palette),
  };
}

/** Draws a chart as SVG text that scales, follows the page's colours and names itself to assistive technology. */
import { compile } from 'vega-lite';
import { Error as errorsOnly, View, parse } from 'vega';
import { type Markup, escapeText, markup, trusted } from '../markup.ts';
import type { Chart } from './chart.ts';
import { pagePalette, paperPalette } from './palette.ts';

/** The root element of vega has a fixed size; ours has only its viewBox, a role and a name. */
function ownRoot(svg: string, chart: Chart): string {
  const viewBox = /viewBox="([^"]+)"/.exec(svg)?.[1];
  if (viewBox === undefined) throw new Error(`vega wrote no viewBox for the chart ${chart.id}`);
  const name = escapeText(chart.alternative);
  const root = `<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="${viewBox}" role="img" aria-label="${name}">`;
  return svg.replace(/^<svg[^>]*>/, root);
}

/** SVG markup of a chart. Needs no canvas and no document. */
export async function renderChart(chart: Chart): Promise<Markup> {
  const { spec } = compile(chart.spec(pagePalette));
  const view = new View(parse(spec), { renderer: 'none', logLevel: errorsOnly });
  const svg = await view.toSVG();
  view.finalize();
  return trusted(ownRoot(svg, chart));
}

/** The specification on white paper, as a text that an editor for Vega-Lite takes. */
export function chartSpecification(chart: Chart): Markup {
  const { title, alternative: description } = chart;
  return markup`${JSON.stringify({ title, description, ...chart.spec(paperPalette) }, null, 1)}`;
}

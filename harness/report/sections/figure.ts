/** A chart in the page: the drawing, and its specification to be used again. */
import { type Markup, markup } from '../markup.ts';
import type { Chart } from '../charts/chart.ts';
import { chartSpecification, renderChart } from '../charts/render-chart.ts';

/** The specification stays out of the way, and out of the accessible name, until it is opened. */
export async function figure(chart: Chart): Promise<Markup> {
  const drawing = await renderChart(chart);
  return markup`<figure id="${chart.id}"><figcaption>${chart.title}</figcaption>
${drawing}
<details class="specification"><summary>Vega-Lite specification with data</summary><pre tabindex="0">${chartSpecification(chart)}</pre></details>
</figure>\n`;
}

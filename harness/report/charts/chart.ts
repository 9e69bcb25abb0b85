/** A chart before it is drawn: a Vega-Lite specification in any palette, and what it says in words. */
import type { TopLevelSpec } from 'vega-lite';
import type { Palette } from './palette.ts';

export interface Chart {
  /** Unique in the page; letters, digits and hyphens. */
  id: string;
  title: string;
  /** What a reader who cannot see the chart needs to know: figures, not a description of lines. */
  alternative: string;
  spec: (palette: Palette) => TopLevelSpec;
}

/** A part of the report: its anchor, its heading, its content. */
import type { Markup } from '../markup.ts';

export interface Section {
  /** Anchor; letters and hyphens. */
  id: string;
  title: string;
  body: Markup;
}

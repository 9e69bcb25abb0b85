/** The few colours of a chart, by their part in it. In the page they are CSS variables, so that a chart follows light and dark. */

export interface Palette {
  ink: string;
  quiet: string;
  rule: string;
  strong: string;
  soft: string;
  limit: string;
  shade: string;
  paper: string;
}

/** Fixed colours for white paper: in the specification, which is used elsewhere, and as the fallback of each variable. */
export const paperPalette: Palette = {
  ink: '#1b1f24',
  quiet: '#565d66',
  rule: '#dadde1',
  strong: '#1d4f7c',
  soft: '#5f8db8',
  limit: '#a3241c',
  shade: '#eceef1',
  paper: '#ffffff',
};

/** The same parts as CSS variables of the page. */
export const pagePalette: Palette = {
  ink: `var(--ink, ${paperPalette.ink})`,
  quiet: `var(--quiet, ${paperPalette.quiet})`,
  rule: `var(--rule, ${paperPalette.rule})`,
  strong: `var(--strong, ${paperPalette.strong})`,
  soft: `var(--soft, ${paperPalette.soft})`,
  limit: `var(--limit, ${paperPalette.limit})`,
  shade: `var(--shade, ${paperPalette.shade})`,
  paper: `var(--paper, ${paperPalette.paper})`,
};

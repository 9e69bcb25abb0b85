/** Names and values in two columns: the facts of a run. */
import { type Fragment, type Markup, markup } from '../markup.ts';

export type Fact = readonly [name: string, value: Fragment];

export function factList(facts: readonly Fact[]): Markup {
  const rows = facts.map(([name, value]) => markup`<div><dt>${name}</dt><dd>${value}</dd></div>\n`);
  return markup`<dl class="facts">${rows}</dl>\n`;
}

/** Renders a history as one self-contained HTML page in the report's style: no script, no request, light, dark and print. */
import { fewestRunsForChange, type History } from '../../model/history.ts';
import { formatExact, formatPlural } from '../format/number.ts';
import { type Markup, markup, trusted } from '../markup.ts';
import type { Section } from '../sections/section.ts';
import { printStyle } from '../style/print-style.ts';
import { screenStyle } from '../style/screen-style.ts';
import { table } from '../table.ts';
import { laneSection } from './lane-section.ts';

/** As in the report: the page forbids itself everything but its own styles. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The same history gives the same bytes. */
export async function renderHistory(history: History): Promise<string> {
  const lanes = await Promise.all(history.lanes.map((lane, index) => laneSection(lane, index + 1)));
  const sections = [...lanes, ...unreadSection(history.unread), methodSection];
  return `<!DOCTYPE html>\n${page(history, sections).source}`;
}

function unreadSection(unread: History['unread']): Section[] {
  if (unread.length === 0) return [];
  const body = table({
    caption: 'These folders are no part of the history',
    narrow: 'stack',
    columns: [
      { title: 'Folder', width: 34, cell: ({ folder }: History['unread'][number]) => folder },
      { title: 'Why', cell: ({ reason }) => markup`<span class="long">${reason}</span>` },
    ],
    groups: [{ title: null, rows: unread }],
  });
  return [{ id: 'unread', title: 'Folders that could not be read', body }];
}

const methodSection: Section = {
  id: 'method',
  title: 'How to read it',
  body: markup`<dl class="method">
<div><dt>Point and line</dt><dd>The figure of a run and its interval, each bound one-sided at the confidence of the run. A bound that is open reaches the edge of the chart. The axis does not begin at zero.</dd></div>
<div><dt>Hollow</dt><dd>A guard failed for this figure, the run ended early, or a defect was planted in it: shown, and no part of any level or change point.</dd></div>
<div><dt>Dashed line</dt><dd>The environment is another from here on: machine, versions, settings, limits, data or load. Figures on both sides are not compared.</dd></div>
<div><dt>Solid line</dt><dd>A change point: E-divisive with means, p ≤ 0.01 by 999 permutations, parts of at least three runs, within one environment. ${formatExact(fewestRunsForChange)} runs of one environment are needed before any can be found. One metric in a hundred without a change has a false alarm.</dd></div>
<div><dt>Thick line</dt><dd>The mean of the runs between two change points.</dd></div>
<div><dt>What it is not</dt><dd>A verdict. Runs at different times differ by more than their intervals say; small effects are told by arms that run at the same time.</dd></div>
</dl>
`,
};

function contents(sections: readonly Section[]): Markup {
  const items = sections.map(({ id, title }, index) => markup`<li><a href="#${id}">${index + 1} ${title}</a></li>\n`);
  return markup`<nav aria-label="Contents"><ol>\n${items}</ol></nav>`;
}

function numbered({ id, title, body }: Section, index: number): Markup {
  return markup`<section id="${id}" aria-labelledby="${id}-heading">
<h2 id="${id}-heading"><span class="number">${index + 1}</span> ${title}</h2>
${body}</section>\n`;
}

function page({ lanes }: History, sections: readonly Section[]): Markup {
  const runs = lanes.reduce((total, lane) => total + lane.runs.length, 0);
  const changes = lanes.flatMap(({ series }) => series).reduce((total, one) => total + one.changes.length, 0);
  return markup`<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}" />
<title>signoff history – ${formatPlural(runs, 'run')}</title>
<style>${trusted(screenStyle)}${trusted(printStyle)}</style>
</head>
<body>
<header class="masthead">
<p class="kicker">signoff history</p>
<h1>How the figures went from run to run</h1>
<p class="quiet">${formatPlural(runs, 'run')} · ${formatPlural(changes, 'change point')}</p>
</header>
${contents(sections)}
<main>
${sections.map(numbered)}</main>
<footer><p class="quiet">Written by signoff from the run folders named above.</p></footer>
</body>
</html>
`;
}

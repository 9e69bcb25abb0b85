/** The page around the sections: head, masthead, contents, numbered headings. */
import type { Result } from '../model/result.ts';
import { formatInstant } from './format/time.ts';
import { type Markup, markup, trusted } from './markup.ts';
import { verdictWords } from './outcome.ts';
import type { Section } from './sections/section.ts';
import { pageFooterStyle, printStyle } from './style/print-style.ts';
import { screenStyle } from './style/screen-style.ts';

/** Nothing is fetched even if a reader's browser would: the page forbids itself everything but its own styles. */
const contentPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

function contents(sections: readonly Section[]): Markup {
  const items = sections.map(
    (section, index) => markup`<li><a href="#${section.id}">${index + 1} ${section.title}</a></li>\n`,
  );
  return markup`<nav aria-label="Contents"><ol>\n${items}</ol></nav>`;
}

function numbered(section: Section, index: number): Markup {
  return markup`<section id="${section.id}" aria-labelledby="${section.id}-heading">
<h2 id="${section.id}-heading"><span class="number">${index + 1}</span> ${section.title}</h2>
${section.body}</section>\n`;
}

function question({ comparison }: Result): string {
  if (comparison === undefined) return 'Does the multi-tenant architecture of AlphaPulse hold?';
  return 'Is the candidate worse than the base?';
}

export function page(result: Result, sections: readonly Section[]): Markup {
  const subject = `${verdictWords[result.verdict]}: run ${result.runId}`;
  return markup`<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="color-scheme" content="light dark" />
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}" />
<title>signoff report – ${subject}</title>
<style>${trusted(screenStyle)}${trusted(printStyle)}${trusted(pageFooterStyle(result.runId))}</style>
</head>
<body>
<header class="masthead">
<p class="kicker">signoff report</p>
<h1>${question(result)}</h1>
<p class="quiet">Run ${result.runId} · measured ${formatInstant(result.startedAt)} · profile ${result.profile}</p>
</header>
${contents(sections)}
<main>
${sections.map(numbered)}</main>
<footer><p class="quiet">Written by signoff from result.json of the same folder. All figures are of run ${result.runId}.</p></footer>
</body>
</html>
`;
}

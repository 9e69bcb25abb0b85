/** The style sheet of the page: two palettes, one measure, tables with thin rules. */

/** Contrast against its paper is at least 4.5 : 1 for every ink that carries text, in both palettes. */
const palettes = `
:root {
  color-scheme: light;
  --paper: #ffffff; --ink: #1b1f24; --quiet: #565d66; --rule: #dadde1; --line: #9aa1a9; --shade: #eceef1;
  --strong: #1d4f7c; --soft: #5f8db8; --limit: #a3241c;
  --holds: #1d6636; --broken: #a3241c; --inconclusive: #805300; --not-measured: #565d66;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    color-scheme: dark;
    --paper: #14171b; --ink: #e6e8eb; --quiet: #a4abb4; --rule: #2e343b; --line: #5d656f; --shade: #22272d;
    --strong: #8fc0ea; --soft: #4d7ba5; --limit: #f2877c;
    --holds: #7fcf98; --broken: #f2877c; --inconclusive: #e3b65c; --not-measured: #a4abb4;
  }
}`;

const text = `
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0 auto; max-width: 58rem; padding: 2.5rem 1.5rem 4rem; background: var(--paper); color: var(--ink);
  font: 0.9375rem/1.5 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif;
  font-variant-numeric: tabular-nums lining-nums; overflow-wrap: break-word;
}
h1, h2, .sentence { font-family: Charter, "Bitstream Charter", "Source Serif 4", Cambria, Georgia, "Times New Roman", serif; }
h1 { font-size: 2rem; line-height: 1.2; font-weight: 600; margin: 0.2rem 0 0.6rem; text-wrap: balance; }
h2 { font-size: 1.4rem; line-height: 1.25; font-weight: 600; margin: 0 0 1rem; padding-top: 0.7rem; border-top: 2px solid var(--ink); }
h2 .number { display: inline-block; min-width: 1.6em; color: var(--quiet); font-weight: 400; }
h3 { font-size: 1rem; margin: 1.8rem 0 0.4rem; }
h4 { font-size: 0.85rem; margin: 0 0 0.3rem; }
p { margin: 0 0 0.8rem; }
section > p, section > ul { max-width: 46rem; }
section { margin-top: 3.2rem; }
a { color: var(--strong); }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; font-size: 0.87em; }
.long { overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
.ids { font-size: 0.8125rem; }
.small { font-size: 0.8125rem; margin: 0.25rem 0 0; }
.kicker { margin: 0; color: var(--quiet); font-size: 0.8125rem; letter-spacing: 0.09em; text-transform: uppercase; }
nav { border-top: 1px solid var(--rule); margin-top: 1.4rem; padding-top: 0.9rem; font-size: 0.8125rem; }
nav ol { list-style: none; margin: 0; padding: 0; columns: 13rem 3; column-gap: 1.5rem; }
nav li { break-inside: avoid; padding: 0.1rem 0; }
nav a { color: inherit; text-decoration-color: var(--line); text-underline-offset: 0.2em; }
footer { margin-top: 3rem; border-top: 1px solid var(--rule); padding-top: 0.8rem; font-size: 0.8125rem; }
ul { padding-left: 1.2rem; margin: 0 0 0.8rem; }
.lines { list-style: none; padding: 0; margin: 0 0 0.4rem; font-size: 0.8125rem; }
.lines li { padding: 0.12rem 0; }
.lines.many { columns: 19rem auto; column-gap: 1.5rem; }
p.printed { display: none; }
.runs { margin: 0; } .runs li { display: inline-block; margin-right: 1.4em; }
details { margin: 0.4rem 0 0; font-size: 0.8125rem; }
summary { cursor: pointer; color: var(--quiet); }
summary:focus-visible, a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--strong); outline-offset: 2px; }
pre { max-height: 20rem; overflow: auto; padding: 0.7rem; border: 1px solid var(--rule); white-space: pre; }`;

const outcomes = `
.outcome { white-space: nowrap; font-weight: 600; }
.holds { color: var(--holds); } .broken { color: var(--broken); }
.inconclusive { color: var(--inconclusive); } .not-measured { color: var(--not-measured); }
.sign { width: 0.86em; height: 0.86em; margin-right: 0.35em; vertical-align: -0.06em; }
.verdict { border-left: 5px solid currentColor; padding: 0.1rem 0 0.1rem 1.2rem; margin: 0 0 1.6rem; }
.verdict .word { font-size: 1.9rem; line-height: 1.2; font-weight: 700; margin: 0 0 0.3rem; }
.verdict .sentence { font-size: 1.2rem; line-height: 1.4; color: var(--ink); margin: 0 0 0.5rem; max-width: 42rem; }
.verdict ul { color: var(--ink); margin: 0; max-width: 42rem; }
.notice { border: 1.5px solid var(--broken); padding: 0.7rem 1rem; } .notice.neutral { border-color: var(--line); }
.headlines { display: grid; grid-template-columns: repeat(auto-fit, minmax(10.5rem, 1fr)); gap: 1rem 1.5rem; margin: 0 0 1.6rem; }
.headlines div { border-top: 1px solid var(--line); padding-top: 0.5rem; }
.headlines dt { color: var(--quiet); font-size: 0.8125rem; }
.headlines dd { margin: 0; font-size: 0.8125rem; }
.headlines .figure { font-size: 1.6rem; line-height: 1.3; font-weight: 600; }
.facts { margin: 0 0 1.2rem; font-size: 0.875rem; }
.facts div { display: grid; grid-template-columns: 10rem 1fr; gap: 1rem; padding: 0.32rem 0; border-top: 1px solid var(--rule); }
.facts dt { color: var(--quiet); } .facts dd { margin: 0; min-width: 0; }
.method { margin: 0; font-size: 0.875rem; }
.method div { display: grid; grid-template-columns: 10rem 1fr; gap: 1rem; padding: 0.35rem 0; border-top: 1px solid var(--rule); }
.method dt { font-weight: 600; } .method dd { margin: 0; min-width: 0; }
.pair { display: inline-block; margin-right: 0.9em; color: var(--quiet); } .pair b { color: var(--ink); font-weight: 500; }
.columns { columns: 19rem 2; column-gap: 2rem; } .columns div { break-inside: avoid; margin-bottom: 0.9rem; }`;

const tables = `
.frame { margin: 1.2rem 0 1.6rem; }
.frame.scroll, .frame.signatures { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-size: 0.875rem; line-height: 1.4; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.4rem; }
th, td { text-align: left; vertical-align: top; padding: 0.42rem 0.9rem 0.42rem 0; border-bottom: 1px solid var(--rule); font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th { vertical-align: bottom; color: var(--quiet); font-size: 0.8125rem; border-bottom: 1px solid var(--ink); }
tbody .group th { padding-top: 1rem; font-weight: 600; }
.dense { font-size: 0.8125rem; } .dense table { font-size: inherit; } .dense td, .dense tbody th { padding-top: 0.24rem; padding-bottom: 0.24rem; }
.dense tbody .group th { padding-top: 0.8rem; }
.numeric + td:not(.numeric), .numeric + th:not(.numeric) { padding-left: 1.1rem; }
.numeric { text-align: right; white-space: nowrap; }
.interval { color: var(--quiet); font-size: 0.8125rem; }
.why { color: var(--quiet); }
td p { margin: 0.25rem 0 0; font-size: 0.8125rem; } td p:first-child { margin-top: 0; } td .lines:last-child { margin-bottom: 0; }
.bar { display: block; width: 7rem; height: 0.5rem; margin-top: 0.4rem; } .track { fill: var(--shade); } .fill { fill: var(--soft); }
.signatures td, .signatures th { border-bottom-color: var(--line); } .signatures .blank { height: 5.2rem; border-left: 1px solid var(--rule); }
.signatures .choice { font-size: 0.8125rem; white-space: nowrap; border-left: 1px solid var(--rule); padding-left: 0.7rem; }
.signatures thead th:not(:first-child) { padding-left: 0.7rem; }`;

const figures = `
figure { margin: 0; min-width: 0; } figcaption { font-size: 0.8125rem; font-weight: 600; margin-bottom: 0.4rem; }
.chart { display: block; width: 100%; height: auto; }
.pair-of-figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.5rem 1.5rem; align-items: start; }
.pair-of-figures .frame { margin-top: 0; }
.pair-of-figures table { font-size: 0.8125rem; } .pair-of-figures th, .pair-of-figures td { padding-right: 0.6rem; }
.scenario { margin-top: 1.8rem; border-top: 1px solid var(--rule); } .scenario h3 { margin-top: 0.8rem; }
.scenario > p { font-size: 0.875rem; }`;

/** Below 36 rem a scrolling table is cut at the edge, and many phones show no scroll bar: it says so. */
const cut = `
@media screen and (max-width: 36rem) {
  .frame.scroll::before, .frame.signatures::before {
    content: "Wider than the screen: scroll sideways \\2192"; display: block; position: sticky; left: 0;
    color: var(--quiet); font-size: 0.8125rem; padding-bottom: 0.3rem;
  }
}`;

/** Below 46 rem charts stand under one another and stacking tables become lists of labelled lines. */
const narrow = `
@media screen and (max-width: 46rem) {
  body { padding: 1.2rem 1rem 3rem; }
  nav ol { columns: 2; }
  h1 { font-size: 1.55rem; } h2 { font-size: 1.25rem; }
  .pair-of-figures { grid-template-columns: minmax(0, 1fr); row-gap: 1.4rem; }
  .headlines { grid-template-columns: 1fr 1fr; }
  .facts div, .method div { grid-template-columns: 1fr; gap: 0; }
  .scroll table { min-width: 34rem; } .signatures table { min-width: 40rem; }
  .stack table, .stack caption, .stack tbody, .stack tr, .stack th, .stack td { display: block; width: auto !important; }
  .stack thead { display: none; }
  .stack tr { border-bottom: 1px solid var(--line); padding: 0.5rem 0; }
  .stack th, .stack td, .stack .numeric + td { border: 0; padding: 0.15rem 0; text-align: left; white-space: normal; }
  .stack .numeric + td:not(.numeric) { padding-left: 0; }
  .stack td { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: 0 0.8rem; }
  .stack td::before { content: attr(data-label); color: var(--quiet); font-size: 0.8125rem; grid-row: 1 / span 9; }
  .stack td > * { grid-column: 2; } .stack td br { display: none; }
}`;

export const screenStyle = [palettes, text, outcomes, tables, figures, narrow, cut].join('\n');

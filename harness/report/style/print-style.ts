/** The style sheet on paper: A4, nothing cut but long lists of reference, no colour needed, page numbers where the browser sets them. */

/** A short table is an inline block: Chromium breaks a table with a caption in spite of `break-inside: avoid` around it. */
export const printStyle = `
@page {
  size: A4; margin: 16mm 15mm 18mm;
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt Helvetica, Arial, sans-serif; color: #565d66; }
}
@media print {
  html { font-size: 12.5px; }
  body { max-width: none; padding: 0; }
  nav, footer, .specification, .elsewhere { display: none; }
  a { color: inherit; text-decoration: none; }
  section { margin-top: 2rem; }
  h1, h2, h3, h4, caption, summary { break-after: avoid; }
  h2 + p, h3 + p { break-before: avoid; }
  p, li { orphans: 3; widows: 3; }
  section > p { break-inside: avoid; }
  tr, figure, .pair-of-figures, .headlines, .verdict, .facts div, .method div, .notice { break-inside: avoid; }
  .scenario { break-inside: avoid; margin-top: 1rem; }
  .scenario h3 { margin-top: 0.5rem; }
  details.printed { break-inside: avoid; }
  thead { display: table-header-group; }
  thead, tbody .group { break-after: avoid; }
  tbody tr:last-child:not(:first-child) { break-before: avoid; }
  section > p:has(+ .frame), section > p:has(+ details), section > p:has(+ .columns), section > p:has(+ .scenario) { break-after: avoid; }
  .frame.whole { display: inline-block; width: 100%; }
  .frame.scroll, .frame.signatures { overflow: visible; }
  #sign-off, .columns:has(> ul) { break-inside: avoid; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  details > summary { list-style: none; }
  details.printed > summary, details.reference { display: none; }
  p.printed { display: block; }
  svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}`;

/** The foot of every printed page names the run: a sheet that went astray still says where it belongs. */
export function pageFooterStyle(runId: string): string {
  const name = runId.replace(/[^\w.:-]/g, '');
  return `@page { @bottom-left { content: "signoff report, run ${name}"; font: 8pt Helvetica, Arial, sans-serif; color: #565d66; } }`;
}

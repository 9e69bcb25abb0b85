/** Section: who signs, on what, and how to check that it is what was measured. */
import type { Result } from '../../model/result.ts';
import { type Markup, markup } from '../markup.ts';
import { verdictWords } from '../outcome.ts';
import { signatories } from '../register/stakeholder-questions.ts';
import type { Section } from './section.ts';

const blank = markup`<td class="blank"></td>`;

function signatureTable(): Markup {
  const rows = signatories.map(
    (role) =>
      markup`<tr><th scope="row">${role}</th>${blank}<td class="choice">☐ approve<br />☐ with conditions<br />☐ reject</td>${blank}${blank}</tr>\n`,
  );
  return markup`<div class="frame signatures" tabindex="0" role="region" aria-label="Signatures"><table>
<caption>Signatures</caption>
<thead><tr><th scope="col" style="width:17%">Role</th><th scope="col" style="width:24%">Name</th><th scope="col" style="width:17%">Decision</th><th scope="col" style="width:14%">Date</th><th scope="col">Signature</th></tr></thead>
<tbody>${rows}</tbody></table></div>\n`;
}

export function signOffSection(result: Result): Section {
  const title = 'Sign-off';
  if (result.plantedDefect !== null) {
    const body = markup`<p class="notice">This run carries a defect that was planted on purpose. There is nothing to sign.</p>`;
    return { id: 'sign-off', title, body };
  }
  return {
    id: 'sign-off',
    title,
    body: markup`<p>The signatures below refer to run <code>${result.runId}</code>, verdict “${verdictWords[result.verdict]}”, and to what this
report says was measured, with its limits. <code>signoff verify</code> checks every file of the run folder against the SHA-256 sums in its MANIFEST;
<code>signoff judge</code> reaches the same verdict again from the stored samples.</p>
${signatureTable()}`,
  };
}

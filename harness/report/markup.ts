/** A tagged template for HTML and XML that escapes every interpolated text; only Markup goes in as it is. */

/** Text that is markup already. Made by `markup` and by `trusted` only. */
export interface Markup {
  readonly source: string;
}

export type Fragment = string | number | Markup | null | readonly Fragment[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** XML 1.0 §2.2 and the HTML parser both refuse these: control characters, lone surrogates, U+FFFE and U+FFFF. */
const forbidden =
  // eslint-disable-next-line no-control-regex -- these are the characters to remove
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Escapes a text for element content and for quoted attributes; a character that markup cannot carry becomes U+FFFD. */
export function escapeText(text: string): string {
  return text.replace(forbidden, '\ufffd').replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Says that a text is well-formed markup that we made ourselves: a style sheet, an SVG written by vega. */
export function trusted(source: string): Markup {
  return { source };
}

function write(fragment: Fragment): string {
  if (fragment === null) return '';
  if (typeof fragment === 'string') return escapeText(fragment);
  if (typeof fragment === 'number') return escapeText(String(fragment));
  if ('source' in fragment) return fragment.source;
  return fragment.map(write).join('');
}

/** markup`<p>${text}</p>`: text is escaped, null is nothing, lists are joined. */
export function markup(strings: TemplateStringsArray, ...fragments: Fragment[]): Markup {
  return trusted(strings.reduce((done, part, index) => done + write(fragments[index - 1] ?? null) + part));
}

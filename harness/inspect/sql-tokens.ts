/** The words of an SQL expression (documentation, "Lexical Structure"). */

export interface Token {
  /** word: without quotes, in lower case. quoted: a name as it is, never a key word. */
  kind: 'word' | 'quoted' | 'text' | 'number' | 'operator' | 'mark';
  value: string;
  start: number;
  end: number;
}

const pattern =
  /(?<space>\s+|--[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)|(?<word>[a-z_][\w$]*|\$\d+)|"(?<quoted>(?:[^"]|"")+)"|'(?<text>(?:[^']|'')*)'|(?<number>\d+(?:\.\d+)?)|(?<mark>::|[()[\],.;])|(?<operator>[-+*/<>=~!@#%^&|`?]+)/giy;

/** null: there is something in it that is none of these, an escape text for instance. */
export function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index !== end) return null;
    end = match.index + match[0].length;
    const [kind, value] = Object.entries(match.groups ?? {}).find(([, part]) => part !== undefined) ?? [];
    if (kind === undefined || kind === 'space' || value === undefined) continue;
    // E'…', U&'…' and the like: a word that touches a quote.
    const before = tokens.at(-1);
    if ((kind === 'text' || kind === 'quoted') && before?.end === match.index && before.kind !== 'mark') {
      if (before.kind !== 'operator' || before.value === '&') return null;
    }
    tokens.push({ kind: kind as Token['kind'], value: unquoted(kind, value), start: match.index, end });
  }
  return end === text.length ? tokens : null;
}

function unquoted(kind: string, value: string): string {
  if (kind === 'word') return value.toLowerCase();
  if (kind === 'quoted') return value.replaceAll('""', '"');
  return kind === 'text' ? value.replaceAll("''", "'") : value;
}

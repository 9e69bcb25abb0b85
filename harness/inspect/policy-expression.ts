/**
 * Reads the expression of a policy, as pg_get_expr prints it: whether it binds a row to one tenant, and how it asks for the setting.
 * It knows AND, OR and comparisons, and says so where it meets more than that.
 */

/** bound: no row of another tenant passes. open: one may. unclear: the tenant column is in it, in a way that is not understood. */
export type Binding = 'bound' | 'open' | 'unclear';

interface Span {
  start: number;
  end: number;
}

/** The parts of the text at its top level: not within parentheses, brackets, texts or quoted names. */
function topLevel(text: string): boolean[] {
  const outside = new Array<boolean>(text.length).fill(false);
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === "'" || character === '"') {
      at = endOfQuoted(text, at);
      continue;
    }
    if (character === ')' || character === ']') depth -= 1;
    outside[at] = depth === 0;
    if (character === '(' || character === '[') depth += 1;
  }
  return outside;
}

/** The place of the closing quote; doubled quotes are part of the text. */
function endOfQuoted(text: string, start: number): number {
  const quote = text[start] ?? '';
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] !== quote) continue;
    if (text[at + 1] === quote) at += 1;
    else return at;
  }
  return text.length - 1;
}

/** Without the parentheses that enclose the whole. */
export function stripParentheses(expression: string): string {
  const text = expression.trim();
  if (!text.startsWith('(')) return text;
  const closing = topLevel(text).indexOf(true, 1);
  return closing === text.length - 1 ? stripParentheses(text.slice(1, -1)) : text;
}

/** Divided at an operator of the top level; `pattern` is sticky and matches the operator with its spaces. */
function splitAt(text: string, pattern: RegExp): string[] {
  const outside = topLevel(text);
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (outside[match.index] !== true) continue;
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

function namePattern(column: string): string {
  const bare = column.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const quoted = `"${bare.replaceAll('"', '""')}"`;
  return `(?<![\\w"])(?:${quoted}|${bare})(?![\\w"])`;
}

export function mentions(expression: string, column: string): boolean {
  return new RegExp(namePattern(column)).test(withoutTexts(expression));
}

/** Texts in quotes emptied: what they say is no name. */
function withoutTexts(expression: string): string {
  return expression.replace(/'(?:[^']|'')*'/g, "''");
}

/** Whether rows that pass are those of one tenant only. A missing expression lets everything pass. */
export function bindingOf(expression: string | null, column: string): Binding {
  if (expression === null) return 'open';
  const text = stripParentheses(expression);
  const either = splitAt(text, / OR /gi);
  if (either.length > 1) return worst(either.map((part) => bindingOf(part, column)));
  const both = splitAt(text, / AND /gi);
  if (both.length > 1) return best(both.map((part) => bindingOf(part, column)));
  return bindingOfLeaf(text, column);
}

const worst = (parts: Binding[]): Binding =>
  parts.includes('open') ? 'open' : parts.includes('unclear') ? 'unclear' : 'bound';
const best = (parts: Binding[]): Binding =>
  parts.includes('bound') ? 'bound' : parts.includes('unclear') ? 'unclear' : 'open';

/** The column alone on one side of `=`, and not on the other: `tenant_id = coalesce(x, tenant_id)` is true of every row. */
function bindingOfLeaf(text: string, column: string): Binding {
  if (!mentions(text, column)) return 'open';
  if (/^NOT\b/i.test(text)) return 'unclear';
  const sides = splitAt(text, / (?:=|IN) /g);
  if (sides.length === 2) {
    const [left = '', right = ''] = sides;
    const isColumn = (side: string) => new RegExp(`^(?:[\\w"]+\\.)?${namePattern(column)}$`).test(stripCasts(side));
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (isColumn(one)) return mentions(withoutSubqueries(other), column) ? 'open' : 'bound';
    }
    return 'unclear';
  }
  if (/\sIS (?:NOT )?NULL$/i.test(text) || / (?:<>|<|>|<=|>=) /.test(text)) return 'open';
  return 'unclear';
}

/** `(tenant_id)::text` is the column as well. */
function stripCasts(side: string): string {
  const text = stripParentheses(side);
  const uncast = text.replace(/::[\w ]+(?:\(\d+\))?$/, '');
  return uncast === text ? text : stripCasts(uncast);
}

/** A subquery's own tenant column is not the row's. */
function withoutSubqueries(text: string): string {
  return /^\s*(?:ANY\s*)?\(\s*SELECT\b/i.test(text) ? '' : text;
}

/** How the expression asks for the setting. */
export interface SettingReads {
  count: number;
  /** Without `missing_ok`, or without nullif: an error where no tenant is set, or where one was set in an earlier transaction. */
  failing: number;
  /** Outside of any scalar subselect: asked again for every row. */
  perRow: number;
}

const escapeText = (text: string) => text.replaceAll("'", "''").replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Calls of current_setting for it, each with the NULLIF around it if there is one. */
function settingCalls(expression: string, setting: string): (Span & { missingOk: boolean; nullif: boolean })[] {
  const call = `current_setting\\('${escapeText(setting)}'(?:::text)?(?:, (?:true|false))?\\)`;
  const pattern = new RegExp(`NULLIF\\(${call}, ''(?:::text)?\\)|${call}`, 'gi');
  return [...expression.matchAll(pattern)].map(({ index, 0: text }) => ({
    start: index,
    end: index + text.length,
    missingOk: /, true\)/i.test(text),
    nullif: /^NULLIF/i.test(text),
  }));
}

/** Parentheses that open a subselect, and where they close. */
function subselects(expression: string): Span[] {
  return [...expression.matchAll(/\(\s*SELECT\b/gi)].map((match) => {
    const rest = expression.slice(match.index);
    return { start: match.index, end: match.index + topLevel(rest).indexOf(true, 1) };
  });
}

/** `needsNullif`: the column's type refuses the empty text that a setting has once its transaction is over. */
export function readsOfSetting(expression: string | null, setting: string, needsNullif: boolean): SettingReads {
  const text = expression ?? '';
  const calls = settingCalls(text, setting);
  const inside = subselects(text);
  return {
    count: calls.length,
    failing: calls.filter(({ missingOk, nullif }) => !missingOk || (needsNullif && !nullif)).length,
    perRow: calls.filter((call) => !inside.some(({ start, end }) => start < call.start && call.end <= end)).length,
  };
}

/** The same expression, asking for the setting once a statement and taking a missing one for no tenant. */
export function mendSettingReads(expression: string, setting: string): string {
  const inside = subselects(expression);
  const name = `'${setting.replaceAll("'", "''")}'`;
  return settingCalls(expression, setting).reduceRight((text, call) => {
    const read = `NULLIF(current_setting(${name}, true), '')`;
    const wrapped = inside.some(({ start, end }) => start < call.start && call.end <= end);
    return `${text.slice(0, call.start)}${wrapped ? read : `(SELECT ${read})`}${text.slice(call.end)}`;
  }, expression);
}

/** How the text of a policy, as pg_get_expr prints it, asks for the tenant's setting. */

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
  const name = `'${setting.replaceAll("'", "''")}'::text`;
  return settingCalls(expression, setting).reduceRight((text, call) => {
    const read = `NULLIF(current_setting(${name}, true), ''::text)`;
    const wrapped = inside.some(({ start, end }) => start < call.start && call.end <= end);
    return `${text.slice(0, call.start)}${wrapped ? read : `(SELECT ${read})`}${text.slice(call.end)}`;
  }, expression);
}

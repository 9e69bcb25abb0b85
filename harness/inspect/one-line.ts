/** SQL that Postgres printed over several lines, in one: a space for each break, but within texts and quoted names. */
export function oneLine(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|\s*\n\s*/g, (part) => (/^['"]/.test(part) ? part : ' '));
}

/** Reads lines of k6's CSV output: RFC 4180 fields, and tags joined by `&` in the last two columns. */

/** The fields of a line; quotes are doubled inside quoted fields. */
export function parseCsvLine(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const fields: string[] = [];
  const field = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
  for (const [, quoted, plain] of line.matchAll(field)) {
    fields.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
  }
  return fields;
}

/** `a=1&b=2` as a record. k6 does not escape, so the scripts keep `&` and `=` out of what they send. */
export function parseTags(joined: string): Record<string, string> {
  const tags: Record<string, string> = {};
  if (joined === '') return tags;
  for (const pair of joined.split('&')) {
    const equals = pair.indexOf('=');
    if (equals > 0) tags[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return tags;
}

/**
 * Where the columns stand; k6 puts the enabled system tags between the value and the last two, in order of the
 * alphabet.
 */
export type ColumnIndex = ReadonlyMap<string, number>;

const REQUIRED_COLUMNS = [
  'metric_name',
  'timestamp',
  'metric_value',
  'expected_response',
  'scenario',
  'status',
  'extra_tags',
  'metadata',
];

/**
 * Reads the first line. Throws when a column that the analysis needs is missing: then the script's systemTags are
 * wrong.
 */
export function readHeader(line: string): ColumnIndex {
  const names = parseCsvLine(line);
  const missing = REQUIRED_COLUMNS.filter((name) => !names.includes(name));
  if (missing.length > 0)
    throw new Error(
      `the CSV output of k6 has no column ${missing.join(', ')}; its first line is: ${line.slice(0, 200)}`,
    );
  return new Map(names.map((name, index) => [name, index]));
}

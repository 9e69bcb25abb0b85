/** How column values become JSON: numbers with decimals and times stay text, exact to the last digit. */
import pg from 'pg';

const timestamptz = 1184;
const date = 1082;

/**
 * '2026-01-02 03:04:05.678901+00' → '2026-01-02T03:04:05.678901Z'. A JavaScript Date would cut microseconds off, and a
 * page's cursor must name its last row exactly. The session's time zone is UTC (see pool.ts), so the offset is +00.
 */
export function isoTimestamp(value: string): string {
  if (!value.endsWith('+00')) return new Date(value).toISOString();
  return `${value.slice(0, 10)}T${value.slice(11, -3)}Z`;
}

export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser(oid: number) {
    if (oid === timestamptz) return isoTimestamp;
    if (oid === date) return String;
    const parse = pg.types.getTypeParser(oid) as (value: string) => unknown;
    return parse;
  },
};

/** Reads COPY text back into objects, independently of the code that wrote it. For tests. */
import { columnsOf } from '../text/tables.ts';
import type { Table } from '../text/tables.ts';

/** A row by column name; null where COPY has `\N`. */
export type Row = Record<string, string | null>;

const unescapes: Record<string, string> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };

export function readRows(table: Table, text: string): Row[] {
  const columns = columnsOf(table);
  const lines = text.split('\n');
  if (lines.pop() !== '') throw new Error(`${table}: the last row has no line feed`);
  return lines.map((line) => {
    const fields = line.split('\t');
    if (fields.length !== columns.length) throw new Error(`${table}: ${fields.length} fields in "${line}"`);
    return Object.fromEntries(columns.map((column, place) => [column, readField(fields[place] ?? '')]));
  });
}

function readField(field: string): string | null {
  if (field === '\\N') return null;
  return field.replace(/\\(.)/g, (_, character: string) => unescapes[character] ?? character);
}

/** A field that is not null. */
export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (value === null || value === undefined) throw new Error(`${column} is null in ${JSON.stringify(row)}`);
  return value;
}

/** A decimal text as a whole number of 10^-scale units. */
export function unitsOf(text: string, scale: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length !== scale) throw new Error(`"${text}" does not have ${scale} decimal places`);
  return BigInt(`${whole}${fraction}`);
}

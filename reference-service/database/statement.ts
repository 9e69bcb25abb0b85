/** SQL as data: a statement with a name and the type of its rows, and a query that gives it values. */

export type SqlValue = string | number | boolean | null;

/** `Row` is what the select list yields; it exists for the type checker only. */
export interface Statement<Row extends object> {
  /** Name of the server-side prepared statement. */
  readonly name: string;
  readonly text: string;
  readonly rowType?: Row;
}

export interface Query<Row extends object> {
  readonly statement: Statement<Row>;
  readonly values: SqlValue[];
}

// Postgres cuts identifiers at 63 bytes: a longer name could silently become another statement's.
const maximumNameLength = 63;
const names = new Set<string>();

/** Declares a statement; a second one of the same name is a defect. */
export function statement<Row extends object>(name: string, text: string): Statement<Row> {
  if (name.length > maximumNameLength || names.has(name))
    throw new Error(`statement name ${name} is too long or taken`);
  names.add(name);
  return { name, text };
}

export function query<Row extends object>(of: Statement<Row>, ...values: SqlValue[]): Query<Row> {
  return { statement: of, values };
}

/** Lists page by page along an index: a page starts after the last row of the one before, never at an offset. */
import { query, statement, type Query, type SqlValue, type Statement } from '../database/statement.ts';

export interface KeysetDefinition {
  /** Prefix of the statements' names. */
  name: string;
  /** `select ... from ...` up to, and without, `where`. */
  select: string;
  tenantColumn: string;
  /** The columns that order the list and their SQL types; together they are unique within the tenant. */
  keys: { column: string; type: string }[];
  direction: 'asc' | 'desc';
  /** A column that may be asked to equal a value, and its SQL type. */
  filter?: { column: string; type: string };
}

export interface KeysetRequest {
  limit: number;
  /** The key values of the last row of the page before; null for the first page. */
  cursor: string[] | null;
  filter?: SqlValue;
}

/**
 * Returns the query of a page. It asks for one row more than the limit: that row tells whether another page follows.
 * Each combination of filter and cursor is a statement of its own, so that each gets the plan that fits it.
 */
export function keysetList<Row extends object>(definition: KeysetDefinition) {
  const variants = new Map<string, Statement<Row>>();
  for (const filtered of definition.filter === undefined ? [false] : [false, true]) {
    for (const continued of [false, true]) {
      const key = variantKey(filtered, continued);
      variants.set(key, statement<Row>(`${definition.name}${key}`, variantText(definition, filtered, continued)));
    }
  }
  return (tenantId: string, request: KeysetRequest): Query<Row> => {
    const filter = request.filter ?? null;
    const variant = variants.get(variantKey(filter !== null, request.cursor !== null));
    if (variant === undefined) throw new Error(`${definition.name} has no filter`);
    const filterValues = filter === null ? [] : [filter];
    return query(variant, tenantId, request.limit + 1, ...filterValues, ...(request.cursor ?? []));
  };
}

function variantKey(filtered: boolean, continued: boolean): string {
  return `${filtered ? '-filtered' : ''}${continued ? '-continued' : ''}`;
}

function variantText(definition: KeysetDefinition, filtered: boolean, continued: boolean): string {
  const { select, tenantColumn, keys, direction, filter } = definition;
  const conditions = [`${tenantColumn} = $1`];
  if (filtered && filter !== undefined) conditions.push(`${filter.column} = $3::${filter.type}`);
  if (continued) {
    const first = filtered ? 4 : 3;
    const columns = keys.map((key) => key.column).join(', ');
    const values = keys.map((key, index) => `$${first + index}::${key.type}`).join(', ');
    conditions.push(`(${columns}) ${direction === 'asc' ? '>' : '<'} (${values})`);
  }
  const order = keys.map((key) => `${key.column} ${direction}`).join(', ');
  return `${select} where ${conditions.join(' and ')} order by ${order} limit $2`;
}

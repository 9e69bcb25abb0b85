/** The first row, or the one answer to everything that is not there: never made, or another tenant's. */
import { ApiError } from '../errors/api-error.ts';

export function found<Row>(rows: Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new ApiError('NOT_FOUND');
  return row;
}

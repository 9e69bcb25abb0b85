/** Rows of a query on a Parquet file of samples, which the query calls `samples`; whole numbers as numbers. */
import { DuckDBInstance } from '@duckdb/node-api';

export async function querySamples(path: string, sql: string): Promise<unknown[][]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const reader = await connection.runAndReadAll(sql.replace('samples', `read_parquet('${path}')`));
  connection.closeSync();
  instance.closeSync();
  return reader.getRows().map((row) => row.map((value) => (typeof value === 'bigint' ? Number(value) : value)));
}

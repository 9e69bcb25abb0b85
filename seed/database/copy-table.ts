/** One COPY: the text of some rows into a table, in slices so that the server parses while more is on its way. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { SeedError } from '../seed-error.ts';
import { columnsOf } from '../text/tables.ts';
import type { Table } from '../text/tables.ts';

const SLICE_BYTES = 128 * 1024;

export interface CopyRequest {
  table: Table;
  bytes: Uint8Array;
  /** As generated; the server must have read as many. */
  rows: number;
  signal: AbortSignal;
}

export async function copyTable(client: Client, { table, bytes, rows, signal }: CopyRequest): Promise<void> {
  const copy = client.query(copyFrom(`copy ${table} (${columnsOf(table).join(', ')}) from stdin`));
  await pipeline(Readable.from(slices(bytes), { objectMode: false }), copy, { signal });
  if (copy.rowCount === rows) return;
  throw new SeedError('internal', `${table}: ${rows} rows were sent, ${copy.rowCount} arrived`, {
    hint: 'This is a defect of the seeder.',
  });
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += SLICE_BYTES) yield bytes.subarray(start, start + SLICE_BYTES);
}

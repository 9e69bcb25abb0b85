/** Reads a Parquet file of k6's samples into typed columns, in order of time. */
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { SampleTable } from '../model/samples.ts';

const NO_PAIR = -1;
const MICROSECONDS_PER_MS = 1000;

const columns =
  'ended_at_us, duration_ms, coalesce(status, 0), endpoint, arm, tier, coalesce(pair, -1), setup' as const;
/** Runs that were measured before the scripts told the tenant have no such column. */
const noTenant = '-1';
const tenant = 'coalesce(tenant, -1)';

/** Gives every distinct text a number, in order of first sight. */
class Dictionary {
  readonly words: string[] = [];
  readonly #codes = new Map<string, number>();

  code(word: string): number {
    const known = this.#codes.get(word);
    if (known !== undefined) return known;
    const next = this.words.push(word) - 1;
    this.#codes.set(word, next);
    return next;
  }
}

/** `file`: path of the Parquet file. Rows come sorted by the end of the response. Throws what DuckDB throws on an unreadable file. */
export async function readSamples(file: string): Promise<SampleTable> {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    try {
      return await readTable(connection, file);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

async function readTable(connection: DuckDBConnection, file: string): Promise<SampleTable> {
  const quoted = `'${file.replaceAll("'", "''")}'`;
  const counted = await connection.runAndReadAll(`select count(*)::int from read_parquet(${quoted})`);
  const count = Number(counted.getRows()[0]?.[0]);
  const endpoints = new Dictionary();
  const arms = new Dictionary();
  const tiers = new Dictionary();
  const table: SampleTable = {
    count,
    endedAtMs: new Float64Array(count),
    durationMs: new Float64Array(count),
    status: new Uint16Array(count),
    endpoint: new Uint8Array(count),
    endpoints: endpoints.words,
    arm: new Uint8Array(count),
    arms: arms.words,
    tier: new Uint8Array(count),
    tiers: tiers.words,
    pair: new Int32Array(count).fill(NO_PAIR),
    tenant: new Int32Array(count),
    setup: new Uint8Array(count),
  };
  const known = await connection.runAndReadAll(`select name from parquet_schema(${quoted}) where name = 'tenant'`);
  const selected = `${columns}, ${known.currentRowCount > 0 ? tenant : noTenant}`;
  const result = await connection.stream(`select ${selected} from read_parquet(${quoted}) order by ended_at_us`);
  let row = 0;
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const [ended, duration, status, endpoint, arm, tier, pair, setup, rank] = chunk.getColumns();
    for (let i = 0; i < chunk.rowCount; i++, row++) {
      table.endedAtMs[row] = Number(ended?.[i]) / MICROSECONDS_PER_MS;
      table.durationMs[row] = Number(duration?.[i]);
      table.status[row] = Number(status?.[i]);
      table.endpoint[row] = endpoints.code(String(endpoint?.[i] ?? ''));
      table.arm[row] = arms.code(String(arm?.[i] ?? ''));
      table.tier[row] = tiers.code(String(tier?.[i] ?? ''));
      table.pair[row] = Number(pair?.[i]);
      table.tenant[row] = Number(rank?.[i]);
      table.setup[row] = setup?.[i] === true ? 1 : 0;
    }
  }
  return table;
}

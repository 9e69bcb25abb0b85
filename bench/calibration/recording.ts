/** A recording of real pairs of identical builds: what calibration draws its comparisons from. One Parquet file. */
import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { ComparedPairs } from '../../harness/claims/compared-pairs.ts';

/** One block of a comparison: its pairs, and the CPU time of a request of each build, ms; null where it was not told. */
export interface RecordedBlock extends ComparedPairs {
  baseCpuMs: number | null;
  candidateCpuMs: number | null;
}

const columns = {
  block: 'SMALLINT',
  endpoint: 'VARCHAR',
  tenant: 'INTEGER',
  candidate_first: 'BOOLEAN',
  base_ms: 'FLOAT',
  candidate_ms: 'FLOAT',
  base_cpu_ms: 'FLOAT',
  candidate_cpu_ms: 'FLOAT',
} as const;

export async function writeRecording(file: string, blocks: readonly RecordedBlock[]): Promise<void> {
  await withDatabase(async (connection) => {
    const definitions = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
    await connection.run(`create table pairs (${definitions.join(', ')})`);
    const appender = await connection.createAppender('pairs');
    for (const [number, block] of blocks.entries()) {
      for (const [index, endpoint] of block.endpoint.entries()) {
        appender.appendSmallInt(number);
        appender.appendVarchar(endpoint);
        appender.appendInteger(block.tenant[index] ?? -1);
        appender.appendBoolean(block.candidateFirst[index] === 1);
        appender.appendFloat(block.baseMs[index] ?? 0);
        appender.appendFloat(block.candidateMs[index] ?? 0);
        for (const cpuMs of [block.baseCpuMs, block.candidateCpuMs]) {
          if (cpuMs === null) appender.appendNull();
          else appender.appendFloat(cpuMs);
        }
        appender.endRow();
      }
    }
    appender.closeSync();
    await connection.run(`copy pairs to ${quoted(file)} (format parquet, compression zstd)`);
  });
}

export async function readRecording(file: string): Promise<RecordedBlock[]> {
  return await withDatabase(async (connection) => {
    const reader = await connection.runAndReadAll(`select * from read_parquet(${quoted(file)}) order by block`);
    const rows = reader.getRowObjects() as unknown as Row[];
    return [...Map.groupBy(rows, ({ block }) => block).values()].map(toBlock);
  });
}

interface Row {
  block: number;
  endpoint: string;
  tenant: number;
  candidate_first: boolean;
  base_ms: number;
  candidate_ms: number;
  base_cpu_ms: number | null;
  candidate_cpu_ms: number | null;
}

function toBlock(rows: Row[]): RecordedBlock {
  return {
    baseMs: Float64Array.from(rows, (row) => row.base_ms),
    candidateMs: Float64Array.from(rows, (row) => row.candidate_ms),
    candidateFirst: Uint8Array.from(rows, (row) => (row.candidate_first ? 1 : 0)),
    endpoint: rows.map((row) => row.endpoint),
    tenant: Int32Array.from(rows, (row) => row.tenant),
    unpaired: 0,
    baseCpuMs: rows[0]?.base_cpu_ms ?? null,
    candidateCpuMs: rows[0]?.candidate_cpu_ms ?? null,
  };
}

async function withDatabase<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:');
  try {
    const connection = await instance.connect();
    try {
      return await use(connection);
    } finally {
      connection.closeSync();
    }
  } finally {
    instance.closeSync();
  }
}

function quoted(file: string): string {
  return `'${file.replaceAll("'", "''")}'`;
}

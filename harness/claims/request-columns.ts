/** The measured requests of one arm in one block, as columns. */
import { type SampledBlock, measuredRows, startOf } from '../model/measured-rows.ts';
import type { Arm } from '../model/experiment.ts';

/** All columns have one entry a request, in the order of the sample table. */
export interface RequestColumns {
  startedAtMs: Float64Array;
  durationMs: Float64Array;
  /** 1 where the answer was not the success that the load scripts expect (2xx), or there was none. */
  failed: Uint8Array;
  /** Index into `endpoints`. */
  endpoint: Uint8Array;
  endpoints: readonly string[];
  pair: Int32Array;
  fromMs: number;
  toMs: number;
}

/** `keep`: which rows of the sample table, beside their arm; else all. */
export function requestColumns(
  block: SampledBlock,
  arm: Arm,
  keep: (row: number) => boolean = () => true,
): RequestColumns {
  const { samples, measurement } = block;
  const wanted = samples.arms.indexOf(arm);
  const rows = measuredRows(block).filter((row) => samples.arm[row] === wanted && keep(row));
  const floats = (valueOf: (row: number) => number) => Float64Array.from(rows, valueOf);
  return {
    startedAtMs: floats((row) => startOf(samples, row)),
    durationMs: floats((row) => samples.durationMs[row] ?? 0),
    failed: Uint8Array.from(rows, (row) => (isSuccess(samples.status[row] ?? 0) ? 0 : 1)),
    endpoint: Uint8Array.from(rows, (row) => samples.endpoint[row] ?? 0),
    endpoints: samples.endpoints,
    pair: Int32Array.from(rows, (row) => samples.pair[row] ?? -1),
    fromMs: measurement.warmUpEndsAtMs,
    toMs: measurement.measureEndsAtMs,
  };
}

function isSuccess(status: number): boolean {
  return status >= 200 && status <= 299;
}

/** The same, of one endpoint. */
export function ofEndpoint(columns: RequestColumns, endpoint: string): RequestColumns {
  const wanted = columns.endpoints.indexOf(endpoint);
  const keep = (_: number, index: number) => columns.endpoint[index] === wanted;
  return {
    ...columns,
    startedAtMs: columns.startedAtMs.filter(keep),
    durationMs: columns.durationMs.filter(keep),
    failed: columns.failed.filter(keep),
    endpoint: columns.endpoint.filter(keep),
    pair: columns.pair.filter(keep),
  };
}

/** Endpoints that occur in any of the blocks, in alphabetical order. */
export function endpointsOf(blocks: readonly RequestColumns[]): string[] {
  const seen = new Set<string>();
  for (const { endpoint, endpoints } of blocks) {
    for (const index of new Set(endpoint)) seen.add(endpoints[index] ?? '');
  }
  return [...seen].sort();
}

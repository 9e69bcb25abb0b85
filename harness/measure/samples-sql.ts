/** The SQL between k6's CSV lines, the Parquet columns of the contract, and the figures of the measured window. */
import type { ColumnIndex } from './csv-line.ts';
import type { MeasuredWindow } from './window.ts';
import { PROBE_SCENARIO } from './sample-stream.ts';

/**
 * Small, so that rows leave the pipe as they come instead of waiting for the default 32 MB. Lines are about 100 bytes.
 */
const BUFFER_BYTES = 262_144;
const LINE_BYTES = 65_536;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const tag = (column: string, name: string): string =>
  `regexp_extract(coalesce(${column}, ''), '(?:^|&)${name}=([^&]*)', 1)`;

/**
 * COPY from the pipe to Parquet; one row per http_req_duration. Types are given, nothing is guessed.
 * Beside the contract's columns `expected`: whether the status was one that the script expects.
 */
export function requestsToParquet(columns: ColumnIndex, pipePath: string, filePath: string): string {
  const types = [...columns.keys()].map((name) => `${quoted(name)}: ${quoted(columnType(name))}`).join(', ');
  const source = `read_csv(${quoted(pipePath)}, columns = {${types}}, header = false, auto_detect = false, delim = ',',
    quote = '"', escape = '"', parallel = false, buffer_size = ${BUFFER_BYTES}, max_line_size = ${LINE_BYTES})`;
  return `copy (
    select "timestamp" as ended_at_us,
      metric_value as duration_ms,
      coalesce(scenario, '') as scenario,
      ${tag('extra_tags', 'endpoint')} as endpoint,
      ${tag('extra_tags', 'arm')} as arm,
      ${tag('extra_tags', 'tier')} as tier,
      coalesce(status, 0)::smallint as status,
      ${columns.has('error_code') ? 'coalesce(error_code, 0)' : '0'}::integer as error_code,
      try_cast(nullif(${tag('metadata', 'pair')}, '') as integer) as pair,
      try_cast(nullif(${tag('metadata', 'tenant')}, '') as integer) as tenant,
      scenario is null as setup,
      coalesce(expected_response, false) as expected
    from ${source}
  ) to ${quoted(filePath)} (format parquet, compression zstd)`;
}

function columnType(name: string): string {
  if (name === 'timestamp') return 'BIGINT';
  if (name === 'metric_value') return 'DOUBLE';
  if (name === 'status' || name === 'error_code') return 'INTEGER';
  if (name === 'expected_response') return 'BOOLEAN';
  return 'VARCHAR';
}

/**
 * Of the requests that began at or after the end of the warm-up and ended at or before the end of the block: how many,
 * how many of them were not answered as expected, how many were load (not probes), and the mean duration of those.
 */
export function windowFigures(filePath: string, window: MeasuredWindow): string {
  return `select count(*) as requests,
      count(*) filter (not expected) as errors,
      count(*) filter (scenario <> '${PROBE_SCENARIO}') as load_requests,
      coalesce(avg(duration_ms) filter (scenario <> '${PROBE_SCENARIO}'), 0) as load_mean_ms
    from read_parquet(${quoted(filePath)})
    where not setup
      and ended_at_us / 1000.0 - duration_ms >= ${window.warmUpEndsAtMs}
      and ended_at_us / 1000.0 <= ${window.measureEndsAtMs}`;
}

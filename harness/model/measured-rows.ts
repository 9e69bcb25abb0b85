/** Which rows of a block's samples count: those of requests that began in the measured time. */
import type { Measurement } from './measurement.ts';
import type { SampleTable } from './samples.ts';

export interface SampledBlock {
  measurement: Measurement;
  samples: SampleTable;
}

/**
 * Row numbers, in the order of the table. Logins of the set-up are out.
 * A request counts by its beginning, whenever it ended: were it also to end in the window, a stall in the last seconds would take with
 * it exactly the slowest requests, of every user one, and make p99 look better.
 */
export function measuredRows({ measurement, samples }: SampledBlock): Uint32Array {
  const { warmUpEndsAtMs, measureEndsAtMs } = measurement;
  const rows = new Uint32Array(samples.count);
  let found = 0;
  for (let row = 0; row < samples.count; row += 1) {
    const startedAtMs = startOf(samples, row);
    if (samples.setup[row] !== 0 || startedAtMs < warmUpEndsAtMs || startedAtMs > measureEndsAtMs) continue;
    rows[found] = row;
    found += 1;
  }
  return rows.slice(0, found);
}

/** Unix ms at which the request of a row was sent. */
export function startOf(samples: SampleTable, row: number): number {
  return (samples.endedAtMs[row] ?? Number.NaN) - (samples.durationMs[row] ?? 0);
}

/** What a recording of identical builds says when nothing is exchanged: whether whoever is called the candidate is favoured. */
import { latencyEffect } from '../../harness/claims/latency-effect.ts';
import type { RecordedBlock } from './recording.ts';

export interface AsRecorded {
  /** Of the blocks' effects at the median, as a share: 0.01 is 1 % slower. */
  mean: number;
  standardError: number;
  /** Between blocks. */
  deviation: number;
}

/** Redrawn comparisons exchange the arms by lot and could not show it. At least two blocks. */
export function asRecorded(recording: readonly RecordedBlock[]): AsRecorded {
  const values = recording.flatMap((block) => latencyEffect(block) ?? []);
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const squares = values.reduce((total, value) => total + (value - mean) ** 2, 0);
  const deviation = Math.sqrt(squares / (values.length - 1));
  return { mean, deviation, standardError: deviation / Math.sqrt(values.length) };
}

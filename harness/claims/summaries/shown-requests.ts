/** The requests of an experiment that its summary shows: of the production arm or the candidate, all blocks merged. */
import { measuredRows, startOf, type SampledBlock } from '../../model/measured-rows.ts';
import type { Experiment } from '../../model/experiment.ts';

export interface ShownRequests {
  /** After the beginning of the block's load. */
  startedAtMs: Float64Array;
  durationMs: Float64Array;
  failed: Uint8Array;
  endpoint: string[];
}

const probing = 'isolation';

/** `rows`: which rows of the block, by default those of the measured time. */
export function shownRequests(
  block: SampledBlock,
  experiment: Experiment,
  rows: Uint32Array = measuredRows(block),
): ShownRequests {
  const { samples } = block;
  const shownArm = samples.arms.indexOf(experiment.arms.includes('candidate') ? 'candidate' : 'rls');
  const shown = rows.filter((row) => samples.arm[row] === shownArm);
  // Where refusals are what is asked for, a refusal is an answer.
  const highestGood = experiment.scenario.id === probing ? 499 : 299;
  return {
    startedAtMs: Float64Array.from(shown, (row) => startOf(samples, row)),
    durationMs: Float64Array.from(shown, (row) => samples.durationMs[row] ?? 0),
    failed: Uint8Array.from(shown, (row) => {
      const status = samples.status[row] ?? 0;
      return status >= 200 && status <= highestGood ? 0 : 1;
    }),
    endpoint: Array.from(shown, (row) => samples.endpoints[samples.endpoint[row] ?? 0] ?? ''),
  };
}

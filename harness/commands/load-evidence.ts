/** A run folder as the evidence that the claims are judged on. */
import type { Evidence, MeasuredBlock } from '../model/claim.ts';
import { blocksAskedFor } from '../model/run-config.ts';
import type { RunRecord } from '../model/run-record.ts';
import { readBlockSamples, readEnvironment, readMeasurements, readRecord, type RunFolder } from '../store.ts';

export async function loadEvidence(run: RunFolder): Promise<Evidence> {
  return await loadMeasured(run, await readRecord(run));
}

/** As it is while the run still goes on, before its record is written. */
export async function loadMeasured(
  run: RunFolder,
  record: Pick<RunRecord, 'prerequisites' | 'environmentReadyMs' | 'killMatrix'>,
): Promise<Evidence> {
  const [environment, measurements] = await Promise.all([readEnvironment(run), readMeasurements(run)]);
  const blocks: MeasuredBlock[] = [];
  for (const measurement of measurements) {
    blocks.push({ measurement, samples: await readBlockSamples(run, measurement) });
  }
  return {
    environment,
    experiments: run.config.profile.experiments.map((each) => ({ ...each, blocks: blocksAskedFor(run.config, each) })),
    blocks,
    prerequisites: record.prerequisites,
    environmentReadyMs: record.environmentReadyMs,
    ...(record.killMatrix === undefined ? {} : { killMatrix: record.killMatrix }),
  };
}

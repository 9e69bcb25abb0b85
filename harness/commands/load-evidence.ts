/** A run folder as the evidence that the claims are judged on. */
import type { Evidence, MeasuredBlock } from '../model/claim.ts';
import { readBlockSamples, readEnvironment, readMeasurements, readRecord, type RunFolder } from '../store.ts';

export async function loadEvidence(run: RunFolder): Promise<Evidence> {
  const [environment, record, measurements] = await Promise.all([
    readEnvironment(run),
    readRecord(run),
    readMeasurements(run),
  ]);
  const blocks: MeasuredBlock[] = [];
  for (const measurement of measurements) {
    blocks.push({ measurement, samples: await readBlockSamples(run, measurement) });
  }
  return {
    environment,
    experiments: run.config.profile.experiments,
    blocks,
    prerequisites: record.prerequisites,
    environmentReadyMs: record.environmentReadyMs,
  };
}

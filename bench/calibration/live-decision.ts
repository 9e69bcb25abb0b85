/** A run folder of `compare --live` as one live decision of the table: which claims it called broken, and what it took. */
import path from 'node:path';
import { decidedComparison } from '../../harness/claims/decided-comparison.ts';
import { loadEvidence } from '../../harness/commands/load-evidence.ts';
import type { RunConfig } from '../../harness/model/run-config.ts';
import type { Thresholds } from '../../harness/model/thresholds.ts';
import { openRun } from '../../harness/store.ts';
import type { LiveDecision } from './calibration.ts';
import { isOfIdenticalBuilds } from './identical-builds.ts';

export async function liveDecision(directory: string, thresholds: Thresholds): Promise<LiveDecision> {
  const run = await openRun(path.resolve(directory));
  const evidence = await loadEvidence(run);
  const { broken, open } = decidedComparison(evidence, thresholds, run.config.profile.gates);
  const requests = evidence.blocks.map(({ measurement: { artefacts } }) =>
    artefacts.generator.ok ? artefacts.generator.value.requests : 0,
  );
  return {
    runId: run.config.runId,
    candidate: candidateOf(run.config),
    broken,
    open,
    blocks: evidence.blocks.length,
    requests: requests.reduce((total, count) => total + count, 0),
  };
}

function candidateOf(config: RunConfig): string {
  if (config.comparison === undefined) throw new Error(`${config.runId} compares no builds`);
  if (isOfIdenticalBuilds(config)) return 'identical';
  const { regression, ref } = config.comparison.candidate;
  return regression ?? ref;
}

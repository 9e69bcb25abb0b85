/** Run folders of one load for tests: latencies longer by a factor, everything else as it should be. */
import { buildBlock, measuredFromMs } from '../../claims/testing/build-block.ts';
import { buildEvidence, experimentNamed, testProfile } from '../../claims/testing/build-evidence.ts';
import { exponentialMs, steadyLoad } from '../../claims/testing/sample-rows.ts';
import type { Evidence } from '../../model/claim.ts';
import type { Profile } from '../../model/experiment.ts';
import { seededRandom } from '../../statistics/seeded-random.ts';
import { writeRunFolder } from './write-run-folder.ts';

/** One load and one gate that needs no latency. */
const profile: Profile = { ...testProfile, experiments: [experimentNamed('baseline')], gates: ['AC-1'] };

export interface StoredLoad {
  directory: string;
  runId: string;
  factor?: number;
  seed?: number;
  change?: (evidence: Evidence) => void;
  plantedDefect?: string;
}

export async function writeStoredLoad(load: StoredLoad): Promise<void> {
  const { directory, runId, factor = 1, seed = 3, change, plantedDefect = null } = load;
  const [experiment] = profile.experiments;
  if (experiment === undefined) throw new Error('no experiment');
  const random = seededRandom(seed);
  const rows = steadyLoad({
    ...{ fromMs: measuredFromMs, seconds: experiment.durationMs / 1000, perSecond: 98, seed },
    latencyMs: () => (5 + exponentialMs(random, 10)) * factor,
  });
  const evidence = buildEvidence({ baseline: [buildBlock({ experiment, block: 0, rows })] });
  change?.(evidence);
  const measured = { ...evidence, experiments: profile.experiments };
  await writeRunFolder({ directory, runId, evidence: measured, profile, plantedDefect });
}

/** Stored run → Result: reads the evidence and lets the pure rooms judge it. Needs no server, no k6, no network. */
import { judgeGates } from '../claims/gates/judge-gates.ts';
import { judgeTogether } from '../claims/judge-together.ts';
import { shareConfidence } from '../claims/share-confidence.ts';
import { summarise } from '../claims/summaries/summarise.ts';
import { buildResult } from '../gate/build-result.ts';
import { policyGates } from '../model/policy-gates.ts';
import type { Result } from '../model/result.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { firstPolicyOf, hashPolicy, readRecord, type RunFolder } from '../store.ts';
import type { CommandContext } from './command-context.ts';
import { gatedFigures } from './gated-figures.ts';
import { loadEvidence } from './load-evidence.ts';

export async function judgeRun(context: CommandContext, run: RunFolder, thresholds: Thresholds): Promise<Result> {
  const [evidence, record] = await Promise.all([loadEvidence(run), readRecord(run)]);
  const { config } = run;
  const figures = gatedFigures({ config, tenants: evidence.environment.tenants, thresholds });
  const judged = judgeTogether(evidence, thresholds, figures);
  const shared = shareConfidence(
    thresholds,
    judged.map(({ claim }) => claim),
    figures,
  );
  return buildResult({
    config,
    evidence,
    thresholds,
    judged,
    judgedGates: judgeGates(evidence, policyGates(thresholds), { ...figures, figures: shared.figures }),
    policy: await identifyPolicy(run, thresholds),
    summaries: summarise(evidence),
    phases: record.phases,
    incomplete: record.incomplete,
    selftest: record.selftest,
    judgedAt: context.now().toISOString(),
  });
}

async function identifyPolicy(run: RunFolder, thresholds: Thresholds) {
  const sha256 = hashPolicy(thresholds);
  return { sha256, firstSha256: (await firstPolicyOf(run)) ?? sha256 };
}

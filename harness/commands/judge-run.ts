/** Stored run → Result: reads the evidence and lets the pure rooms judge it. Needs no server, no k6, no network. */
import { judgeTogether } from '../claims/judge-together.ts';
import { summarise } from '../claims/summaries/summarise.ts';
import { buildResult } from '../gate/build-result.ts';
import type { Result } from '../model/result.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { readRecord, type RunFolder } from '../store.ts';
import type { CommandContext } from './command-context.ts';
import { gatedFigures } from './gated-figures.ts';
import { loadEvidence } from './load-evidence.ts';

export async function judgeRun(context: CommandContext, run: RunFolder, thresholds: Thresholds): Promise<Result> {
  const [evidence, record] = await Promise.all([loadEvidence(run), readRecord(run)]);
  return buildResult({
    config: run.config,
    evidence,
    thresholds,
    judged: judgeTogether(evidence, thresholds, gatedFigures(run.config, evidence.environment.tenants)),
    summaries: summarise(evidence),
    phases: record.phases,
    incomplete: record.incomplete,
    selftest: record.selftest,
    judgedAt: context.now().toISOString(),
  });
}

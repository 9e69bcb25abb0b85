/** `signoff gate`: judges a stored run by the thresholds as they are now and ends with the verdict's exit code; writes nothing. */
import path from 'node:path';
import { compareWithBaseline } from '../baseline/compare-with-baseline.ts';
import { relativePolicy } from '../baseline/relative-policy.ts';
import type { BaselineComparison } from '../model/baseline-comparison.ts';
import { exitCode } from '../model/exit-codes.ts';
import type { Result } from '../model/result.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { mergeVerdicts } from '../model/verdict.ts';
import { judgedAnew } from '../report/judged-anew.ts';
import type { RunFolder } from '../store.ts';
import { readBaseline } from './baseline-file.ts';
import { comparisonLines } from './comparison-lines.ts';
import { judgeRun } from './judge-run.ts';
import { loadThresholds } from './load-thresholds.ts';
import { openNamedRun } from './run-folder-argument.ts';
import { storedMetrics } from './stored-metrics.ts';
import type { Verb } from './verb.ts';
import { verdictLines } from './verdict-lines.ts';

export const gateVerb: Verb = {
  name: 'gate',
  arguments: '[run]',
  summary: 'End with the exit code of a stored run’s verdict: 0 pass, 1 fail, 2 inconclusive. Writes nothing.',
  configure: (command) =>
    command
      .option('--thresholds <file>', 'the policy (default: thresholds.json of the project)')
      .option('--against <file>', 'a baseline of `signoff baseline save`: fail when a figure is much worse than in it'),
  run: async (context, flags, [named]) => {
    const thresholds = await loadThresholds(context, flags['thresholds'] as string | undefined);
    const run = await openNamedRun(context, named);
    const judged = await judgeRun(context, run, thresholds);
    const against = flags['against'] as string | undefined;
    const file = against === undefined ? null : path.resolve(context.workingDirectory, against);
    const comparison =
      file === null ? withoutBaseline(run, thresholds) : await compare(file, run, { judged, thresholds });
    const result = comparison === null ? judged : withComparison(judged, comparison);
    const { runId, verdict, reasons } = result;
    const document = {
      ...{ runId, verdict, exitCode: result.exitCode, reasons },
      policy: result.policy,
      ...(comparison === null ? {} : { against: { file, ...comparison } }),
    };
    const lines = comparison === null || file === null ? '' : comparisonLines(file, comparison);
    const anew = judgedAnew(result);
    const ofPolicy = anew === null ? '' : `  ! ${anew}\n`;
    context.out(
      flags['json'] === true
        ? `${JSON.stringify(document, null, 2)}\n`
        : lines + verdictLines(context, result) + ofPolicy,
    );
    return result.exitCode;
  },
};

/** A baseline that cannot be read decides nothing, and that is never a pass. */
async function compare(
  file: string,
  run: RunFolder,
  { judged, thresholds }: { judged: Result; thresholds: Thresholds },
): Promise<BaselineComparison> {
  const read = await readBaseline(file);
  if ('problem' in read) {
    const reasons = [`Nothing could be compared: ${read.problem}.`];
    return { verdict: 'inconclusive', reasons, differences: [], metrics: [] };
  }
  const { validity, incomplete } = judged;
  const measured = { ...(await storedMetrics(run, judged, thresholds)), validity, incomplete };
  return compareWithBaseline(read.baseline, measured, relativePolicy(thresholds, run.config.profile.experiments));
}

/** Where the policy asks for a baseline and none was named, nothing is decided; null where it asks for none. */
function withoutBaseline(run: RunFolder, thresholds: Thresholds): BaselineComparison | null {
  const { required } = relativePolicy(thresholds, run.config.profile.experiments);
  if (required.length === 0) return null;
  const asked = required.join(', ');
  const reasons = [`The policy holds ${asked} against a baseline, and none was named: name one with --against FILE.`];
  return { verdict: 'inconclusive', reasons, differences: [], metrics: [] };
}

function withComparison(result: Result, comparison: BaselineComparison): Result {
  const verdict = mergeVerdicts([result.verdict, comparison.verdict]);
  return {
    ...result,
    verdict,
    exitCode: exitCode(verdict),
    reasons: [...comparison.reasons, ...result.reasons],
  };
}

/** `signoff baseline save`: keeps the figures of a passing run as a small file to be committed, for `gate --against`. */
import path from 'node:path';
import { buildBaseline } from '../baseline/build-baseline.ts';
import { SignoffError } from '../model/errors.ts';
import { exitCode } from '../model/exit-codes.ts';
import { mergeVerdicts } from '../model/verdict.ts';
import type { RunFolder } from '../store.ts';
import { writeBaseline } from './baseline-file.ts';
import type { CommandContext } from './command-context.ts';
import { judgeRun } from './judge-run.ts';
import { loadThresholds } from './load-thresholds.ts';
import { openNamedRun } from './run-folder-argument.ts';
import { storedMetrics } from './stored-metrics.ts';
import type { Flags, Verb } from './verb.ts';

export const baselineVerb: Verb = {
  name: 'baseline',
  arguments: '<action> [run]',
  summary:
    'baseline save RUN: keep the figures of a valid run that passes, for `gate --against`. Ends with the verdict’s exit code (1 or 2) when the run is no pass.',
  configure: (command) =>
    command
      .option('--out <file>', 'where to (default: baselines/<profile>-<kind>.json of the project)')
      .option('--thresholds <file>', 'the policy (default: thresholds.json of the project)'),
  run: async (context, flags, [action, named]) => {
    if (action !== 'save') {
      throw new SignoffError('BAD_ARGUMENT', `baseline ${action ?? ''}: there is no such action`, {
        hint: 'The only action is: baseline save RUN.',
      });
    }
    return await save(context, flags, await openNamedRun(context, named));
  },
};

/** The run is judged anew, by the samples and the policy as they are now: as `gate` would. */
async function save(context: CommandContext, flags: Flags, run: RunFolder): Promise<number> {
  const thresholds = await loadThresholds(context, flags['thresholds'] as string | undefined);
  const result = await judgeRun(context, run, thresholds);
  const built = buildBaseline({
    result,
    ...(await storedMetrics(run, result, thresholds)),
    savedAt: context.now().toISOString(),
  });
  const json = flags['json'] === true;
  const { runId } = result;
  if ('refused' in built) {
    // The arguments were right and the evidence is not: the exit code is the gate's. A pass that is no good as a baseline is undecided.
    const code = exitCode(mergeVerdicts([result.verdict, 'inconclusive']));
    context.err(
      `signoff: run ${runId} cannot be a baseline\n${built.refused.map((reason) => `  ${reason}\n`).join('')}`,
    );
    if (json)
      context.out(`${JSON.stringify({ runId, saved: null, reasons: built.refused, exitCode: code }, null, 2)}\n`);
    return code;
  }
  const { baseline, leftOut } = built;
  const file = fileFor(
    context,
    flags['out'] as string | undefined,
    `${result.profile}-${result.environment.kind}.json`,
  );
  await writeBaseline(file, baseline);
  const left = leftOut.map(({ id }) => id);
  const document = { runId, saved: file, metrics: baseline.metrics.map(({ id }) => id), leftOut: left };
  const without = left.length === 0 ? '' : `\n  without ${left.join(', ')}: too few samples to bound their intervals`;
  context.out(
    json
      ? `${JSON.stringify(document, null, 2)}\n`
      : `${file}: ${baseline.metrics.length} metrics of run ${runId}${without}\n`,
  );
  return exitCode('pass');
}

function fileFor(context: CommandContext, named: string | undefined, defaultName: string): string {
  if (named !== undefined) return path.resolve(context.workingDirectory, named);
  return path.join(context.root, 'baselines', defaultName);
}

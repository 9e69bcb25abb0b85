/** `signoff gate`: judges a stored run by the thresholds as they are now and ends with the verdict's exit code; writes nothing. */
import { judgeRun } from './judge-run.ts';
import { loadThresholds } from './load-thresholds.ts';
import { openNamedRun } from './run-folder-argument.ts';
import type { Verb } from './verb.ts';
import { verdictLines } from './verdict-lines.ts';

export const gateVerb: Verb = {
  name: 'gate',
  arguments: '[run]',
  summary: 'End with the exit code of a stored run’s verdict: 0 pass, 1 fail, 2 inconclusive. Writes nothing.',
  configure: (command) => command.option('--thresholds <file>', 'the policy (default: thresholds.json of the project)'),
  run: async (context, flags, [named]) => {
    const thresholds = await loadThresholds(context, flags['thresholds'] as string | undefined);
    const run = await openNamedRun(context, named);
    const result = await judgeRun(context, run, thresholds);
    const { runId, verdict, exitCode, reasons } = result;
    const document = { runId, verdict, exitCode, reasons };
    context.out(flags['json'] === true ? `${JSON.stringify(document, null, 2)}\n` : verdictLines(context, result));
    return exitCode;
  },
};

/** `signoff judge`: judges a stored run again and writes its result.json. */
import { exitCode } from '../model/exit-codes.ts';
import { sealRun, writePolicy, writeResult } from '../store.ts';
import { judgeRun } from './judge-run.ts';
import { adoptMatrix } from './kill-matrix-adopt.ts';
import { loadThresholds } from './load-thresholds.ts';
import { renderRun } from './render-run.ts';
import { openNamedRun } from './run-folder-argument.ts';
import type { Verb } from './verb.ts';
import { verdictLines } from './verdict-lines.ts';

export const judgeVerb: Verb = {
  name: 'judge',
  arguments: '[run]',
  summary:
    'Judge a stored run by the thresholds; writes result.json and renders the report again. Exit 0 when it could be judged; `gate` turns the verdict into an exit code.',
  configure: (command) => command.option('--thresholds <file>', 'the policy (default: thresholds.json of the project)'),
  run: async (context, flags, [named]) => {
    const thresholds = await loadThresholds(context, flags['thresholds'] as string | undefined);
    const run = await openNamedRun(context, named);
    await adoptMatrix(context, run);
    const result = await judgeRun(context, run, thresholds);
    await renderRun(run, result);
    await writePolicy(run, thresholds);
    await writeResult(run, result);
    await sealRun(run);
    context.out(flags['json'] === true ? `${JSON.stringify(result, null, 2)}\n` : verdictLines(context, result));
    return exitCode('pass');
  },
};

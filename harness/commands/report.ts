/** `signoff report`: renders a judged run again. */
import { exitCode } from '../model/exit-codes.ts';
import { sealRun } from '../store.ts';
import { readSoundResult } from './read-sound-result.ts';
import { renderRun } from './render-run.ts';
import { openNamedRun } from './run-folder-argument.ts';
import type { Verb } from './verb.ts';

export const reportVerb: Verb = {
  name: 'report',
  arguments: '[run]',
  summary: 'Render report.html, junit.xml and summary.md of a judged run.',
  configure: () => undefined,
  run: async (context, flags, [named]) => {
    const run = await openNamedRun(context, named);
    const report = await renderRun(run, await readSoundResult(run));
    await sealRun(run);
    context.out(
      flags['json'] === true ? `${JSON.stringify({ run: run.directory, report }, null, 2)}\n` : `${report}\n`,
    );
    return exitCode('pass');
  },
};

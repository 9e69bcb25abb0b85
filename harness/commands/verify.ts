/** `signoff verify`: checks that a run folder is as it was sealed. */
import { exitCode } from '../model/exit-codes.ts';
import { countSeals } from '../store.ts';
import { openNamedRun } from './run-folder-argument.ts';
import type { Verb } from './verb.ts';

export const verifyVerb: Verb = {
  name: 'verify',
  arguments: '[run]',
  summary: 'Check every file of a run folder against its MANIFEST of SHA-256 sums.',
  configure: () => undefined,
  run: async (context, flags, [named]) => {
    const run = await openNamedRun(context, named);
    const filesChecked = await countSeals(run);
    const document = { run: run.directory, runId: run.config.runId, filesChecked, intact: true };
    context.out(
      flags['json'] === true
        ? `${JSON.stringify(document, null, 2)}\n`
        : `${run.directory}: ${filesChecked} files are as they were sealed\n`,
    );
    return exitCode('pass');
  },
};

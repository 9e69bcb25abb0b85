/** `signoff compare`: two builds of the service against each other, live; or two stored runs, as far as honesty allows. */
import { SignoffError } from '../model/errors.ts';
import { compareBuilds } from './compare-builds.ts';
import { compareStored } from './compare-stored.ts';
import { addLiveFlags, liveFlagsOf, readCompareRequest } from './compare-request.ts';
import type { Flags, Verb } from './verb.ts';

export const compareVerb: Verb = {
  name: 'compare',
  arguments: '[runs...]',
  summary: 'Compare two builds of the service live (--live --base REF --candidate REF), or two stored runs (RUN RUN).',
  configure: addLiveFlags,
  run: async (context, flags, runs) => {
    if (flags['live'] === true) {
      if (runs.length > 0)
        throw new SignoffError(
          'BAD_ARGUMENT',
          `--live compares builds, not stored runs: ${runs.join(' ')} is too much`,
        );
      return await compareBuilds(context, await readCompareRequest(context, flags));
    }
    const [first, second, ...more] = runs;
    if (first === undefined || second === undefined || more.length > 0) {
      throw new SignoffError('BAD_ARGUMENT', `compare takes two run folders, ${runs.length} were named`, {
        hint: 'compare RUN RUN compares stored runs; compare --live --base REF --candidate REF compares builds.',
      });
    }
    refuseLiveFlags(flags);
    return await compareStored(context, first, second, flags);
  },
};

/** They would say nothing: who gives one means a live comparison. */
function refuseLiveFlags(flags: Flags): void {
  const given = liveFlagsOf(flags);
  if (given.length === 0) return;
  throw new SignoffError('BAD_ARGUMENT', `${given.join(', ')}: only for compare --live; stored runs are as they are`);
}

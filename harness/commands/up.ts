/** `signoff up`: starts and seeds the system and leaves it running until Ctrl-C or `signoff down`. */
import { once } from 'node:events';
import type { RunningSystem } from '../environment/environment-driver.ts';
import { asSignoffError } from '../model/errors.ts';
import { exitCode } from '../model/exit-codes.ts';
import { profiles } from '../experiments/profiles.ts';
import type { CommandContext } from './command-context.ts';
import { createPhaseClock } from './phases.ts';
import { prepareSystem } from './prepare-system.ts';
import { publishManifest } from './publish-manifest.ts';
import { createReporter } from './reporter.ts';
import { addSystemFlags, readSystemRequest } from './run-request.ts';
import { summariseSystem, systemLines } from './system-lines.ts';
import { wholeNumber, type Verb } from './verb.ts';

const MOST_PORTS = 65_535;

export const upVerb: Verb = {
  name: 'up',
  summary:
    'Start and seed the system and leave it running; prints where it is and a demo login per role. Ctrl-C or `signoff down` stops it.',
  configure: (command) => {
    addSystemFlags(command);
    command.option('--port <n>', 'port of the service (default: a free one)', wholeNumber(1, MOST_PORTS));
  },
  run: async (context, flags) => {
    const request = readSystemRequest(flags);
    const reporter = createReporter(context);
    const { running, manifest, manifestPath } = await prepareSystem({
      request: { ...request, tenants: request.tenants ?? profiles.quick.tenants, keep: true },
      ...(flags['port'] === undefined ? {} : { port: flags['port'] as number }),
      clock: createPhaseClock(context),
      progress: reporter.progress,
      signal: context.signal,
    });
    try {
      await running.startServices([{ arm: 'rls', slot: 0 }], { signal: context.signal });
      await publishManifest(context, manifestPath);
      const summary = summariseSystem(running.system, manifest);
      context.out(flags['json'] === true ? `${JSON.stringify(summary, null, 2)}\n` : `${systemLines(summary)}\n`);
      context.err('signoff: the system is up; Ctrl-C here, or `signoff down` elsewhere, stops it\n');
      await untilItEnds(context, running);
    } finally {
      await running.stop();
    }
    context.err('signoff: everything is stopped\n');
    return exitCode('pass');
  },
};

/** Ctrl-C and `signoff down` end it well; a server that dies ends it with what it said. */
async function untilItEnds(context: CommandContext, running: RunningSystem): Promise<void> {
  const death = new Promise<never>((_, reject) => {
    running.onDeath((died) => {
      reject(asSignoffError(died));
    });
  });
  const interrupted = context.signal.aborted ? Promise.resolve() : once(context.signal, 'abort');
  await Promise.race([death, interrupted, running.stopped]);
}

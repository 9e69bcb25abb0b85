/** `signoff measure`: measures the running system into a new run folder, without judging it. */
import { readFile } from 'node:fs/promises';
import { runDoctor } from '../environment/doctor.ts';
import { provisionTools } from '../environment/tools/provision-tools.ts';
import { asSignoffError, SignoffError } from '../model/errors.ts';
import { exitCode } from '../model/exit-codes.ts';
import { manifestSchema, type Manifest } from '../model/manifest.ts';
import { sealRun, writeRecord } from '../store.ts';
import type { RunningSystem } from '../environment/environment-driver.ts';
import { attachSystem } from './attach-system.ts';
import type { CommandContext } from './command-context.ts';
import { knownMatrix } from './kill-matrix-folder.ts';
import { measureRun } from './measure-run.ts';
import { refuseExistingFolder } from './new-run.ts';
import { createPhaseClock } from './phases.ts';
import { createReporter } from './reporter.ts';
import { addProfileFlags, readRunRequest } from './run-request.ts';
import type { Flags, Verb } from './verb.ts';

export const measureVerb: Verb = {
  name: 'measure',
  summary: 'Measure the running system into a new run folder; `judge`, `report` and `gate` then work on that.',
  configure: (command) => {
    addProfileFlags(command);
  },
  run: async (context, flags) => {
    const running = await attachSystem();
    try {
      return await measureAttached(context, flags, running);
    } finally {
      running.release();
    }
  },
};

async function measureAttached(context: CommandContext, flags: Flags, running: RunningSystem): Promise<number> {
  const { system } = running;
  if (system.manifestPath === null)
    throw new SignoffError('NO_SYSTEM', 'the running system has no data', { hint: 'Run `signoff seed`.' });
  const manifest = await readManifest(system.manifestPath);
  const request = await readRunRequest(context, { ...flags, tenants: manifest.tenantCount, seed: manifest.seed });
  await refuseExistingFolder(request.out);
  const clock = createPhaseClock(context);
  const reporter = createReporter(context);
  const { progress } = reporter;
  const prerequisites = await clock.time('doctor', () => runDoctor({ signal: context.signal }));
  const toolset = await clock.time('tools', () => provisionTools({ progress, signal: context.signal }, ['k6']));
  const prepared = {
    running,
    toolset,
    manifest,
    manifestPath: system.manifestPath,
    kindReason: 'of the running system',
  };
  let failure: SignoffError | null = null;
  try {
    await measureRun(context, { request, prepared, clock, reporter });
    // Whoever works with the system goes on with the production arm at the address that `up` told.
    await running.startServices([{ arm: 'rls', slot: 0 }], { signal: context.signal });
  } catch (error) {
    failure = asSignoffError(error);
  }
  const { run } = reporter;
  if (run !== null) {
    const { readyMs } = system;
    const incomplete = failure?.message ?? null;
    await writeRecord(run, {
      schemaVersion: 1,
      prerequisites,
      environmentReadyMs: readyMs,
      phases: clock.phases,
      incomplete,
      killMatrix: await knownMatrix(context, (message) => progress({ kind: 'warning', message })),
    });
    await reporter.end();
    await sealRun(run);
  }
  if (failure !== null || run === null)
    throw failure ?? new SignoffError('INTERNAL', 'measuring ended without a run folder');
  const document = { run: run.directory, runId: run.config.runId };
  context.out(flags['json'] === true ? `${JSON.stringify(document, null, 2)}\n` : `${run.directory}\n`);
  return exitCode('pass');
}

async function readManifest(file: string): Promise<Manifest> {
  return manifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

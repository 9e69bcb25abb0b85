/** Measures a profile on a running system into a new run folder. */
import path from 'node:path';
import { bundleService } from '../faults/bundle-service.ts';
import { defects } from '../faults/defects.ts';
import type { Defect } from '../faults/defect.ts';
import { applyStatements } from '../faults/apply-statements.ts';
import type { RunningSystem } from '../environment/environment-driver.ts';
import { fingerprint } from '../environment/fingerprint.ts';
import { serviceFolder } from '../environment/service/service-program.ts';
import { writeEnvironment, type RunFolder } from '../store.ts';
import type { CommandContext } from './command-context.ts';
import { abortOnDeath, measureProfile, type StartArms } from './measure-profile.ts';
import { measureUntilDecided } from './measure-until-decided.ts';
import { newRun } from './new-run.ts';
import type { PhaseClock } from './phases.ts';
import type { PreparedSystem } from './prepare-system.ts';
import type { Reporter } from './reporter.ts';
import type { RunRequest } from './run-request.ts';
import { watchService } from './watch-service.ts';

export interface MeasureRunOptions {
  request: RunRequest;
  prepared: Pick<PreparedSystem, 'running' | 'toolset' | 'manifest' | 'manifestPath' | 'kindReason'>;
  clock: PhaseClock;
  reporter: Reporter;
}

/** The folder is attached to the reporter as soon as it exists, so that a failure on the way leaves what was measured findable. */
export async function measureRun(context: CommandContext, options: MeasureRunOptions): Promise<RunFolder> {
  const { request, prepared, clock, reporter } = options;
  const { running, toolset, manifest, manifestPath } = prepared;
  const run = await newRun(context, request.out, {
    environmentKind: running.system.kind,
    tenants: request.tenants,
    seed: request.seed,
    rowsPerTenant: request.rowsPerTenant,
    plantedDefect: request.defectId,
    profile: request.profile,
    ...(request.untilDecidedMs === null ? {} : { untilDecided: { atMostMs: request.untilDecidedMs, further: [] } }),
  });
  reporter.attach(run);
  await writeEnvironment(
    run,
    await fingerprint({
      root: context.root,
      system: running.system,
      manifest,
      toolset,
      kindReason: prepared.kindReason,
    }),
  );
  const planted = await plant(context, options, run);
  try {
    const options = {
      root: context.root,
      running,
      run,
      k6Path: toolset.k6.path,
      manifestPath,
      startArms: await serviceStarter(running, planted.entry),
      progress: reporter.progress,
      signal: abortOnDeath(running, context.signal),
    };
    return await clock.time('measure', async () => {
      await measureProfile(options);
      const asked = (further: RunFolder) => {
        reporter.attach(further);
      };
      return await measureUntilDecided({ ...options, thresholds: request.thresholds, asked });
    });
  } finally {
    await planted.remove();
  }
}

/** Every arm of every block runs the same program: the service as it is, or the one with the planted defect. */
async function serviceStarter(running: RunningSystem, entry: string | null): Promise<StartArms> {
  // An image holds its program already: nobody edits it.
  const own = running.system.kind === 'embedded' ? serviceFolder : null;
  const folder = entry === null ? own : path.dirname(entry);
  const requireUnchanged = folder === null ? () => Promise.resolve() : await watchService(folder);
  return async (assignment, signal) => {
    await requireUnchanged();
    return await running.startServices(
      assignment.map((place) => ({ ...place, ...(entry === null ? {} : { entry }) })),
      { signal },
    );
  };
}

/** Makes the wanted defect real: a service built from changed source, or statements in the database. */
async function plant(
  context: CommandContext,
  { request, prepared, reporter }: MeasureRunOptions,
  run: RunFolder,
): Promise<{ entry: string | null; remove(): Promise<void> }> {
  const defect: Defect | undefined = defects.find((each) => each.id === request.defectId);
  if (defect === undefined) return { entry: null, remove: () => Promise.resolve() };
  reporter.progress({
    kind: 'warning',
    message: `planted defect ${defect.id}: ${defect.title}; what of ${defect.breaks.join(', ')} is measured must turn red`,
  });
  if (defect.change.layer === 'service')
    return await bundleService(context.root, run.config.runId, defect.change.replacements);
  await applyStatements(prepared.running.system, defect.change.statements);
  return { entry: null, remove: () => Promise.resolve() };
}

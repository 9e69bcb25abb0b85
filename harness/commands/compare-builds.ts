/** The job of `compare --live`: both builds made, a system up and seeded, compared live, everything stopped, and a verdict. */
import { readFile } from 'node:fs/promises';
import { isUrl } from '../builds/classify-ref.ts';
import { requireComparable, resolveBuilds, type ResolvedBuilds } from '../builds/resolve-builds.ts';
import type { RunningSystem } from '../environment/environment-driver.ts';
import { runDoctor } from '../environment/doctor.ts';
import { provisionTools } from '../environment/tools/provision-tools.ts';
import { SignoffError } from '../model/errors.ts';
import { manifestSchema } from '../model/manifest.ts';
import type { Progress } from '../model/progress.ts';
import { attachSystem } from './attach-system.ts';
import type { CommandContext } from './command-context.ts';
import { compareLive, untilVerdict } from './compare-live.ts';
import type { CompareRequest } from './compare-request.ts';
import { refuseExistingFolder } from './new-run.ts';
import { createPhaseClock, type PhaseClock } from './phases.ts';
import { prepareSystem, type PreparedSystem } from './prepare-system.ts';
import { provideArms } from './provide-arms.ts';
import { createReporter } from './reporter.ts';
import { verdictLines } from './verdict-lines.ts';

export async function compareBuilds(context: CommandContext, request: CompareRequest): Promise<number> {
  await refuseExistingFolder(request.out);
  await requireComparable(request, context);
  const clock = createPhaseClock(context);
  const reporter = createReporter(context);
  const { progress } = reporter;
  const { signal } = context;
  const running = [request.base, request.candidate].some(isUrl) ? await attachWithData() : null;
  try {
    const builds = await clock.time('builds', () => resolve(context, request, progress));
    const taken = running === null ? await start(context, request, clock, progress) : null;
    const prepared = taken ?? (await describeAttached(context, running, clock, progress));
    try {
      progress({ kind: 'stage', id: 'arms', title: 'a database for each build', expectedMs: null });
      const arms = await clock.time('arms', () =>
        provideArms({ ...builds, running: prepared.running, progress, signal }),
      );
      const compared = { base: builds.base.build, candidate: builds.candidate.build, policy: request.policy };
      const job = { ...request, prepared, builds: compared, arms, until: untilVerdict, clock, reporter };
      const { result, reportPath } = await compareLive(context, job);
      if (request.json) context.out(`${JSON.stringify(result, null, 2)}\n`);
      else context.out(`${verdictLines(context, result)}\n  report: ${reportPath}\n`);
      return result.exitCode;
    } finally {
      if (taken !== null) {
        progress({ kind: 'stage', id: 'down', title: 'stop everything', expectedMs: null });
        await clock.time('down', () => taken.running.stop());
      }
    }
  } finally {
    running?.release();
    await reporter.end();
  }
}

/** Services that are named by their URL work on the system that `signoff up` left running: its data and its servers are known. */
async function attachWithData(): Promise<RunningSystem> {
  const running = await attachSystem();
  if (running.system.manifestPath !== null) return running;
  running.release();
  throw new SignoffError('NO_SYSTEM', 'the running system has no data', { hint: 'Run `signoff seed`.' });
}

async function resolve(context: CommandContext, request: CompareRequest, progress: Progress): Promise<ResolvedBuilds> {
  const { base, candidate } = request;
  const { root, workingDirectory, signal } = context;
  progress({ kind: 'stage', id: 'builds', title: `build ${base} and ${candidate}`, expectedMs: null });
  return await resolveBuilds({ base, candidate }, { root, workingDirectory, progress, signal });
}

async function start(
  context: CommandContext,
  request: CompareRequest,
  clock: PhaseClock,
  progress: Progress,
): Promise<PreparedSystem> {
  return await prepareSystem({ request: { ...request, keep: false }, clock, progress, signal: context.signal });
}

async function describeAttached(
  { signal }: CommandContext,
  running: RunningSystem | null,
  clock: PhaseClock,
  progress: Progress,
): Promise<PreparedSystem> {
  const manifestPath = running?.system.manifestPath;
  if (running === null || manifestPath === null || manifestPath === undefined)
    throw new SignoffError('NO_SYSTEM', 'no system is running');
  const manifest = manifestSchema.parse(JSON.parse(await readFile(manifestPath, 'utf8')));
  const prerequisites = await clock.time('doctor', () => runDoctor({ signal }));
  const toolset = await clock.time('tools', () => provisionTools({ progress, signal }, ['k6']));
  const kindReason = 'of the running system, which the services that were named by URL work on';
  return { running, toolset, manifest, manifestPath, prerequisites, kindReason };
}

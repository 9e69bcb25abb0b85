/** Compares two builds of the service live, block after block, until every claim is decided; then judges, reports and seals. */
import { randomInt } from 'node:crypto';
import path from 'node:path';
import { hashProgram } from '../builds/hash-program.ts';
import { decidedComparison, type DecidedComparison } from '../claims/decided-comparison.ts';
import type { RunningSystem, ServiceAssignment } from '../environment/environment-driver.ts';
import { fingerprint } from '../environment/fingerprint.ts';
import { compareProfile } from '../experiments/compare.ts';
import type { Build, ComparedBuilds } from '../model/build.ts';
import { asSignoffError, SignoffError } from '../model/errors.ts';
import type { Experiment } from '../model/experiment.ts';
import type { Result } from '../model/result.ts';
import { blocksAskedFor } from '../model/run-config.ts';
import type { ServiceInstance } from '../model/system.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { askForFurtherBlocks, type RunFolder, writeEnvironment } from '../store.ts';
import type { CommandContext } from './command-context.ts';
import { concludeRun } from './conclude-run.ts';
import { formatDuration } from './format.ts';
import { loadMeasured } from './load-evidence.ts';
import { abortOnDeath, measureBlocks, type StartArms } from './measure-profile.ts';
import { newRun } from './new-run.ts';
import type { PhaseClock } from './phases.ts';
import type { PreparedSystem } from './prepare-system.ts';
import type { Reporter } from './reporter.ts';
import { untoldClaims } from './untold-claims.ts';

/** What runs as an arm: a program that is started for each block, or a service that somebody else runs. */
export type ComparedArm = Omit<ServiceAssignment, 'arm' | 'slot'> | { url: string };

export interface LiveComparison {
  prepared: PreparedSystem;
  builds: ComparedBuilds;
  arms: { base: ComparedArm; candidate: ComparedArm };
  seed: string;
  rowsPerTenant: number;
  thresholds: Thresholds;
  /** Run folder to write; null: below reports/. */
  out: string | null;
  /** Load in all, warm-ups included. */
  atMostMs: number;
  /** Whether to go on is decided anew after each block from the sixth on. */
  until: (judged: DecidedComparison) => boolean;
  clock: PhaseClock;
  reporter: Reporter;
}

/** A thousand blocks have each a seed of its own made of it, within the 32 bits that a k6 script draws with. */
const SEEDS = 2_000_000;

export interface ComparedLive {
  result: Result;
  reportPath: string;
  run: RunFolder;
}

/** Every claim is decided, or the candidate was found worse: then the verdict stands, and more load cannot turn it. */
export function untilVerdict({ decided, broken }: DecidedComparison): boolean {
  return decided || broken.length > 0;
}

/** The system stays as it is; its services are stopped. Throws what went wrong only after what was measured has been judged and sealed. */
export async function compareLive(context: CommandContext, comparison: LiveComparison): Promise<ComparedLive> {
  const { prepared, clock, reporter, thresholds } = comparison;
  const { running } = prepared;
  let failure: SignoffError | null = null;
  try {
    await clock.time('measure', () => measureComparison(context, comparison));
  } catch (error) {
    failure = asSignoffError(error);
    reporter.note({ event: 'error', code: failure.code, message: failure.message });
  }
  // Services that were named by URL, the system's own among them, are somebody else's to stop.
  if (Object.values(comparison.arms).some((arm) => !('url' in arm))) await running.stopServices();
  const { run } = reporter;
  if (run === null) throw failure ?? new SignoffError('INTERNAL', 'a comparison ended without a folder');
  const { prerequisites } = prepared;
  const record = {
    prerequisites,
    environmentReadyMs: running.system.readyMs,
    incomplete: failure?.message ?? null,
  };
  const { progress } = reporter;
  const concluded = await concludeRun(context, { run, record, thresholds, clock, progress });
  if (failure === null) return { ...concluded, run };
  context.err(`signoff: what was measured so far is kept: ${concluded.reportPath}\n`);
  throw failure;
}

async function measureComparison(context: CommandContext, comparison: LiveComparison): Promise<void> {
  const { prepared, builds, reporter, thresholds } = comparison;
  const { running, manifest, manifestPath, toolset } = prepared;
  const untold = await untoldClaims(Object.values(comparison.arms), reporter.progress);
  const profile = compareProfile({ tenants: manifest.tenantCount, seed: randomInt(SEEDS), untold });
  const [experiment] = profile.experiments;
  if (experiment === undefined) throw new SignoffError('INTERNAL', 'the comparison has no experiment');
  let leftMs = Math.max(0, comparison.atMostMs - loadOf(experiment, experiment.blocks));
  let run = await newRun(context, comparison.out, {
    environmentKind: running.system.kind,
    tenants: manifest.tenantCount,
    seed: comparison.seed,
    rowsPerTenant: comparison.rowsPerTenant,
    plantedDefect: builds.candidate.regression,
    profile,
    comparison: builds,
    ...(leftMs < 1 ? {} : { untilDecided: { atMostMs: leftMs, further: [] } }),
  });
  reporter.attach(run);
  const { kindReason } = prepared;
  const { root } = context;
  await writeEnvironment(run, await fingerprint({ root, system: running.system, manifest, toolset, kindReason }));
  const { progress } = reporter;
  const signal = abortOnDeath(running, context.signal);
  const startArms = serviceStarter(running, comparison);
  const measuring = { root, running, run, k6Path: toolset.k6.path, manifestPath, startArms, progress, signal };
  tell(comparison, experiment, 'at least', experiment.blocks);
  await measureBlocks(measuring, experiment, { first: 0, count: experiment.blocks });
  for (;;) {
    const judged = decidedComparison(await loadMeasured(run, nothingRecorded), thresholds, profile.gates);
    progress({ kind: 'step', message: describe(judged) });
    const perBlockMs = loadOf(experiment, 1);
    if (comparison.until(judged) || leftMs < perBlockMs) return;
    const first = blocksAskedFor(run.config, experiment);
    run = await askForFurtherBlocks(run, experiment.id, 1);
    reporter.attach(run);
    tell(comparison, experiment, 'block', first + 1);
    await measureBlocks({ ...measuring, run }, experiment, { first, count: 1 });
    leftMs -= perBlockMs;
  }
}

/** What the environment brought up is no latency: the record is written when measuring is over. */
const nothingRecorded = { prerequisites: [], environmentReadyMs: 0 };

function loadOf({ warmUpMs, durationMs }: Experiment, blocks: number): number {
  return blocks * (warmUpMs + durationMs);
}

/** Starts what is ours to start for a block; a service that was named by its URL runs already and keeps its place. */
function serviceStarter(running: RunningSystem, { arms, builds }: LiveComparison): StartArms {
  return async (slots, signal) => {
    await Promise.all([requireUnchanged(builds.base, arms.base), requireUnchanged(builds.candidate, arms.candidate)]);
    const foreign: ServiceInstance[] = [];
    const own: ServiceAssignment[] = [];
    for (const { arm, slot } of slots) {
      const compared = arm === 'base' ? arms.base : arms.candidate;
      if ('url' in compared) foreign.push({ arm, slot, url: compared.url, pid: null });
      else own.push({ ...compared, arm, slot });
    }
    const started = own.length === 0 ? [] : await running.startServices(own, { signal });
    return [...started, ...foreign].sort((a, b) => a.slot - b.slot);
  };
}

/** The program that a block starts is the one that was declared, byte for byte; a service that was named by its URL is known by its answers only. */
async function requireUnchanged({ ref, contentHash }: Build, arm: ComparedArm): Promise<void> {
  if (contentHash === null || !('entry' in arm) || arm.entry === undefined) return;
  if ((await hashProgram(path.dirname(arm.entry))) === contentHash) return;
  throw new SignoffError('BUILD_FAILED', `the program of ${ref} was changed while it was compared`, {
    hint: 'Compare again, and leave node_modules/.cache alone meanwhile.',
  });
}

function tell({ reporter, atMostMs }: LiveComparison, experiment: Experiment, word: string, blocks: number): void {
  reporter.progress({
    kind: 'stage',
    id: `measure:${experiment.id}:${blocks}`,
    title: `compare live: ${word} ${blocks}${word === 'at least' ? ' blocks' : ''} of ${formatDuration(loadOf(experiment, 1))}, at most ${formatDuration(atMostMs)} of load`,
    expectedMs: loadOf(experiment, word === 'at least' ? blocks : 1),
  });
}

function describe({ decided, broken, open }: DecidedComparison): string {
  if (decided)
    return broken.length === 0 ? 'every claim holds' : `decided: ${broken.join(', ')} broken, the others hold`;
  const worse = broken.length === 0 ? '' : `${broken.join(', ')} broken; `;
  return `${worse}undecided: ${open.join(', ')}`;
}

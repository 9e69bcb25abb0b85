/** One case of a selftest: this program against itself, one side changed for the worse, compared live until it is found or time is up. */
import path from 'node:path';
import type { ResolvedBuild } from '../builds/resolve-build.ts';
import { applyStatements } from '../faults/apply-statements.ts';
import type { Regression } from '../faults/regression.ts';
import { judgeSelftestCase, unmadeSelftestCase } from '../gate/selftest-case.ts';
import { asSignoffError } from '../model/errors.ts';
import type { SelftestCase } from '../model/selftest.ts';
import type { CommandContext } from './command-context.ts';
import { compareLive, type ComparedArm, type LiveComparison, untilVerdict } from './compare-live.ts';
import { createPhaseClock } from './phases.ts';
import type { PreparedSystem } from './prepare-system.ts';
import { armDatabases, provideArms } from './provide-arms.ts';
import { createReporter, type Reporter } from './reporter.ts';
import { caseIdOf, type SelftestPlan, type SelftestRequest } from './selftest-request.ts';

export interface CaseOptions {
  request: SelftestRequest;
  prepared: PreparedSystem;
  /** This program as it is. */
  base: ResolvedBuild;
  candidate: ResolvedBuild;
  /** Of the selftest. */
  folder: string;
}

/**
 * Every case has fresh copies of the data and a run folder of its own, so that none sees what the one before did. One that fails is
 * recorded as proving nothing, and rejects only where it was interrupted.
 */
export async function runSelftestCase(
  context: CommandContext,
  plan: SelftestPlan,
  options: CaseOptions,
): Promise<SelftestCase> {
  const { request, prepared, base, candidate, folder } = options;
  const id = caseIdOf(plan);
  const startedAtMs = context.elapsed();
  const reporter = createReporter(context);
  const claim = plan?.claim ?? null;
  const about = { id, title: plan?.title ?? 'the same program in both arms', claim };
  try {
    const { result, run } = await compareLive(context, {
      prepared,
      builds: { base: base.build, candidate: candidate.build },
      arms: await plant(context, plan, { prepared, base, candidate, reporter }),
      ...{ seed: request.seed, rowsPerTenant: request.rowsPerTenant, thresholds: request.thresholds },
      out: path.join(folder, id),
      atMostMs: request.atMostMs,
      until: plan === null ? untilVerdict : untilSettled(plan),
      clock: createPhaseClock(context),
      reporter,
    });
    return {
      ...about,
      ...judgeSelftestCase(claim, result),
      blocks: result.scenarios[0]?.blocks ?? 0,
      wallMs: Math.round(context.elapsed() - startedAtMs),
      folder: path.relative(folder, run.directory),
    };
  } catch (error) {
    const { code, message } = asSignoffError(error);
    if (code === 'INTERRUPTED' || context.signal.aborted) throw error;
    reporter.progress({ kind: 'warning', message: `${id}: ${message}` });
    return {
      ...about,
      ...unmadeSelftestCase(claim, message),
      blocks: 0,
      wallMs: Math.round(context.elapsed() - startedAtMs),
      folder: reporter.run === null ? null : path.relative(folder, reporter.run.directory),
    };
  } finally {
    await reporter.end();
  }
}

/** Until its claim has decided, whichever way: others may go on for long, and do not count. */
function untilSettled({ claim }: Regression): LiveComparison['until'] {
  return ({ decided, broken, open }) => decided || broken.includes(claim) || !open.includes(claim);
}

interface Planting {
  prepared: PreparedSystem;
  base: ResolvedBuild;
  candidate: ResolvedBuild;
  reporter: Reporter;
}

/** What is worse in the program is built in already; here what is worse beside it. */
async function plant(
  context: CommandContext,
  plan: SelftestPlan,
  { prepared: { running }, base, candidate, reporter }: Planting,
): Promise<Record<'base' | 'candidate', ComparedArm>> {
  const { progress } = reporter;
  const arms = await provideArms({ running, base, candidate, progress, signal: context.signal });
  if (plan === null) return arms;
  progress({ kind: 'warning', message: `planted: ${plan.title}; ${plan.claim} must find it` });
  const { change } = plan;
  if (change.layer === 'postgres') {
    await applyStatements(running.system, change.statements, armDatabases.candidate);
  }
  if (change.layer !== 'configuration' || 'url' in arms.candidate) return arms;
  return { ...arms, candidate: { ...arms.candidate, env: change.env } };
}

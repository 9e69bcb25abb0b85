/** `signoff run`, the main job: up, seed, measure, judge, report, down; and a verdict. */
import type { RunningSystem } from '../environment/environment-driver.ts';
import { defects } from '../faults/defects.ts';
import { asSignoffError, type SignoffError } from '../model/errors.ts';
import type { Result } from '../model/result.ts';
import type { CommandContext } from './command-context.ts';
import { concludeRun } from './conclude-run.ts';
import { measureRun } from './measure-run.ts';
import { refuseExistingFolder } from './new-run.ts';
import { createPhaseClock, type PhaseClock } from './phases.ts';
import { prepareSystem } from './prepare-system.ts';
import { addProfileFlags, addSystemFlags, readRunRequest, type RunRequest } from './run-request.ts';
import { createReporter, type Reporter } from './reporter.ts';
import type { Verb } from './verb.ts';
import { verdictLines } from './verdict-lines.ts';

export const runVerb: Verb = {
  name: 'run',
  summary: 'Start the system, seed it, measure it, judge it, write the report, stop everything.',
  configure: (command) => {
    addProfileFlags(command);
    addSystemFlags(command);
    command.option('--keep', 'leave the system running afterwards; `signoff down` stops it');
    command.option(
      '--defect <id>',
      `plant a declared defect first, to see the gate go red: ${defects.map((defect) => defect.id).join(', ')}`,
    );
  },
  run: async (context, flags) => {
    const request = await readRunRequest(context, flags);
    await refuseExistingFolder(request.out);
    const { result, reportPath } = await runMainJob(context, request, createReporter(context));
    if (request.json) context.out(`${JSON.stringify(result, null, 2)}\n`);
    else context.out(`${verdictLines(context, result)}\n  report: ${reportPath}\n`);
    return result.exitCode;
  },
};

interface Outcome {
  result: Result;
  reportPath: string;
}

/** Stops what it started (unless it is to be kept), then judges what was measured, and only then throws what went wrong. */
async function runMainJob(context: CommandContext, request: RunRequest, reporter: Reporter): Promise<Outcome> {
  const clock = createPhaseClock(context);
  const { progress } = reporter;
  const prepared = await prepareSystem({ request, clock, progress, signal: context.signal });
  let failure: SignoffError | null = null;
  try {
    await measureRun(context, { request, prepared, clock, reporter });
  } catch (error) {
    failure = asSignoffError(error);
    reporter.note({ event: 'error', code: failure.code, message: failure.message });
  } finally {
    await leave(request, failure, prepared.running, reporter, clock);
  }
  const { run } = reporter;
  if (run === null) throw failure ?? new Error('a run without a folder ended without an error');
  const record = {
    prerequisites: prepared.prerequisites,
    environmentReadyMs: prepared.running.system.readyMs,
    incomplete: failure?.message ?? null,
  };
  const concluded = await concludeRun(context, { run, record, thresholds: request.thresholds, clock, progress });
  await reporter.end();
  if (failure === null) return concluded;
  context.err(`signoff: what was measured so far is kept: ${concluded.reportPath}\n`);
  throw failure;
}

async function leave(
  request: RunRequest,
  failure: SignoffError | null,
  running: RunningSystem,
  reporter: Reporter,
  clock: PhaseClock,
): Promise<void> {
  if (request.keep && failure === null) {
    await running.startServices([{ arm: 'rls', slot: 0 }]);
    running.release();
    reporter.progress({
      kind: 'step',
      message: `the system is kept: ${running.system.services[0]?.url ?? 'no service'}; stop it with \`signoff down\``,
    });
    return;
  }
  reporter.progress({ kind: 'stage', id: 'down', title: 'stop everything', expectedMs: null });
  await clock.time('down', () => running.stop());
}

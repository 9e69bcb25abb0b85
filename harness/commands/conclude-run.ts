/** What comes after measuring, whether it went to its end or not: record, judge, report, seal. */
import type { Result } from '../model/result.ts';
import type { RunRecord } from '../model/run-record.ts';
import type { Progress } from '../model/progress.ts';
import type { Thresholds } from '../model/thresholds.ts';
import { readEnvironment, sealRun, writePolicy, writeRecord, writeResult, type RunFolder } from '../store.ts';
import type { CommandContext } from './command-context.ts';
import { judgeRun } from './judge-run.ts';
import type { PhaseClock } from './phases.ts';
import { renderRun } from './render-run.ts';
import { knownMatrix } from './kill-matrix-folder.ts';
import { newestSelftest } from './selftest-folder.ts';

export interface ConcludeOptions {
  run: RunFolder;
  record: Omit<RunRecord, 'schemaVersion' | 'phases' | 'selftest' | 'killMatrix'>;
  thresholds: Thresholds;
  clock: PhaseClock;
  progress: Progress;
}

/** Returns the result and the path of the HTML report. */
export async function concludeRun(
  context: CommandContext,
  options: ConcludeOptions,
): Promise<{ result: Result; reportPath: string }> {
  const { run, clock, progress } = options;
  const record = {
    ...options.record,
    ...(await selftestOf(context, options)),
    ...(await killMatrixOf(context, options)),
  };
  const writeRecordNow = () => writeRecord(run, { schemaVersion: 1, ...record, phases: clock.phases });
  progress({ kind: 'stage', id: 'judge', title: 'judge the claims and write the report', expectedMs: null });
  await writeRecordNow();
  const judged = await clock.time('judge', () => judgeRun(context, run, options.thresholds));
  const reportPath = await clock.time('report', () => renderRun(run, { ...judged, phases: clock.phases }));
  await writeRecordNow();
  const result = { ...judged, phases: clock.phases };
  await writePolicy(run, options.thresholds);
  await writeResult(run, result);
  await sealRun(run);
  return { result, reportPath };
}

/** Taken along, so that the report can be rendered again from the folder alone. */
async function selftestOf(
  context: CommandContext,
  { run, thresholds, progress }: ConcludeOptions,
): Promise<Pick<RunRecord, 'selftest'>> {
  const complain = (message: string) => progress({ kind: 'warning', message });
  const selftest = await newestSelftest(context, { environment: await readEnvironment(run), thresholds }, complain);
  return selftest === undefined ? {} : { selftest };
}

/** A comparison of two builds says nothing of isolation. */
async function killMatrixOf(
  context: CommandContext,
  { run, progress }: ConcludeOptions,
): Promise<Pick<RunRecord, 'killMatrix'>> {
  if (run.config.comparison !== undefined) return {};
  return { killMatrix: await knownMatrix(context, (message) => progress({ kind: 'warning', message })) };
}

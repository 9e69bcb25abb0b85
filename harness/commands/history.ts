/** `signoff history`: reads run folders and draws every metric over time, with its change points, as one HTML page. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { buildHistory } from '../history/build-history.ts';
import { SignoffError } from '../model/errors.ts';
import { exitCode } from '../model/exit-codes.ts';
import { invalidatesWholeRun } from '../model/failed-guards.ts';
import type { History, StoredRun } from '../model/history.ts';
import type { Validity } from '../model/result.ts';
import { renderHistory } from '../report/history/render-history.ts';
import { openRun } from '../store.ts';
import type { CommandContext } from './command-context.ts';
import { matricesName } from './kill-matrix-folder.ts';
import { readSoundResult } from './read-sound-result.ts';
import { selftestsName } from './selftest-folder.ts';
import { storedMetrics } from './stored-metrics.ts';
import type { Verb } from './verb.ts';
import { writeWhole } from './write-whole.ts';

export const historyVerb: Verb = {
  name: 'history',
  arguments: '[dir]',
  summary:
    'Draw every metric of the run folders in DIR (default: reports/) over time, with change points, as one page.',
  configure: (command) => command.option('--out <file>', 'the page (default: history.html in DIR)'),
  run: async (context, flags, [named]) => {
    const directory =
      named === undefined ? path.join(context.root, 'reports') : path.resolve(context.workingDirectory, named);
    const out = flags['out'] as string | undefined;
    const history = await readHistory(context, directory);
    const page = out === undefined ? path.join(directory, 'history.html') : path.resolve(context.workingDirectory, out);
    await writeWhole(page, await renderHistory(history));
    context.out(flags['json'] === true ? `${JSON.stringify({ page, ...history }, null, 2)}\n` : lines(history, page));
    return exitCode('pass');
  },
};

/** What a folder holds, or why it could not be read: one bad folder must not hide the others, nor be hidden by them. */
async function readHistory(context: CommandContext, directory: string): Promise<History> {
  const folders = await foldersIn(directory);
  const runs: StoredRun[] = [];
  const unread: History['unread'] = [];
  const folderOf = new Map<string, string>();
  for (const folder of folders) {
    context.signal.throwIfAborted();
    if (context.interactive) context.err(`reading ${folder}\n`);
    try {
      const run = await readStoredRun(path.join(directory, folder));
      const other = folderOf.get(run.runId);
      if (other === undefined) runs.push(run);
      else unread.push({ folder, reason: `it holds run ${run.runId}, as ${other} does: a run counts once` });
      folderOf.set(run.runId, other ?? folder);
    } catch (error) {
      if (!(error instanceof SignoffError)) throw error;
      unread.push({ folder, reason: error.message.replaceAll(`${directory}${path.sep}`, '') });
    }
  }
  if (runs.length > 0) return buildHistory(runs, unread);
  const why = unread.map(({ folder, reason }) => `\n  ${folder}: ${reason}`).join('');
  throw new SignoffError('BAD_RUN_FOLDER', `there is no run to be read in ${directory}${why}`, {
    hint: 'Run `npm start` first, or name the folder that the run folders are in.',
  });
}

async function foldersIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    throw new SignoffError('BAD_RUN_FOLDER', `${directory} cannot be read`, { cause: error });
  });
  return entries
    .filter((entry) => entry.isDirectory() && ![selftestsName, matricesName].includes(entry.name))
    .map((entry) => entry.name)
    .sort();
}

/** By the verdict and the guards as they were sealed: a guard that came later could not be read in an earlier run. */
async function readStoredRun(directory: string): Promise<StoredRun> {
  const run = await openRun(directory);
  const result = await readSoundResult(run);
  const { runId, startedAt, profile, verdict, plantedDefect, incomplete, environment } = result;
  return {
    ...{ runId, startedAt, profile, verdict, plantedDefect, incomplete },
    kind: environment.kind,
    commit: environment.gitSha,
    invalidScopes: invalidScopes(result.validity),
    ...(await storedMetrics(run, result)),
  };
}

/** null stands for the whole run. */
function invalidScopes(validity: readonly Validity[]): (string | null)[] {
  const failed = validity.filter(({ ok }) => !ok);
  return [...new Set(failed.map((guard) => (invalidatesWholeRun(guard) ? null : guard.scope)))];
}

function lines({ lanes, unread }: History, page: string): string {
  const changes = lanes.flatMap(({ profile, kind, series, runs }) =>
    series.flatMap((one) =>
      one.changes.map((change) => {
        const percent = change.before === 0 ? '' : ` (${((change.after / change.before - 1) * 100).toFixed(1)} %)`;
        const run = runs.find(({ number }) => number === change.run)?.runId ?? '';
        const figures = `${Number(change.before.toPrecision(3))} → ${Number(change.after.toPrecision(3))}${percent}`;
        return `  ${change.worse ? '✘' : '✔'} ${profile}, ${kind}: ${one.metric} ${figures} since run ${run}`;
      }),
    ),
  );
  const total = lanes.reduce((sum, { runs }) => sum + runs.length, 0);
  const found = changes.length === 0 ? ['  no change point'] : changes;
  const skipped = unread.map(({ folder, reason }) => `  ! ${folder} was not read: ${reason}`);
  return `${[`${page}: ${total} runs`, ...found, ...skipped].join('\n')}\n`;
}

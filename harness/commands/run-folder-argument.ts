/** The RUN argument of the verbs that work on a stored run. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { SignoffError } from '../model/errors.ts';
import { openRun, type RunFolder } from '../store.ts';
import type { CommandContext } from './command-context.ts';

/** Opens the named folder; `latest` is the newest one below reports/. */
export async function openNamedRun(context: CommandContext, named: string | undefined): Promise<RunFolder> {
  if (named !== undefined && named !== 'latest') return await openRun(path.resolve(context.workingDirectory, named));
  const reports = path.join(context.root, 'reports');
  const entries = await readdir(reports, { withFileTypes: true }).catch(() => []);
  const runs = entries
    .filter((entry) => entry.isDirectory() && /^\d{8}T\d{6}Z-/.test(entry.name))
    .map((entry) => entry.name);
  const newest = runs.sort().at(-1);
  if (newest === undefined) {
    throw new SignoffError('BAD_RUN_FOLDER', `there is no run in ${reports}`, {
      hint: 'Run `npm start` first, or name a run folder.',
    });
  }
  return await openRun(path.join(reports, newest));
}

/** Makes the run folder of a request: its id, its place below reports/, its configuration. */
import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { SignoffError } from '../model/errors.ts';
import type { RunConfig } from '../model/run-config.ts';
import { createRun, type RunFolder } from '../store.ts';
import type { CommandContext } from './command-context.ts';

/** `out`: null for a folder below reports/. */
export async function newRun(
  context: CommandContext,
  out: string | null,
  asked: Omit<RunConfig, 'schemaVersion' | 'runId' | 'startedAt'>,
): Promise<RunFolder> {
  const startedAt = context.now().toISOString();
  const time = startedAt.replaceAll(/[-:]|\.\d+/g, '');
  const runId = `${time}-${asked.profile.id}-${randomBytes(2).toString('hex')}`;
  const directory = out ?? path.join(context.root, 'reports', runId);
  return await createRun(directory, { schemaVersion: 1, runId, startedAt, ...asked });
}

/** A run never writes over another: said before anything starts. */
export async function refuseExistingFolder(out: string | null): Promise<void> {
  if (out === null) return;
  const found = await stat(out).catch(() => null);
  if (found === null) return;
  throw new SignoffError('BAD_ARGUMENT', `--out ${out} exists already`, {
    hint: 'Name a folder that does not exist yet; a run never writes over another.',
  });
}

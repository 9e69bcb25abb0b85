/** Makes the run folder of a request: its id, its place below reports/, its configuration. */
import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { SignoffError } from '../model/errors.ts';
import type { EnvironmentKind } from '../model/environment.ts';
import { createRun, type RunFolder } from '../store.ts';
import type { CommandContext } from './command-context.ts';
import type { RunRequest } from './run-request.ts';

export async function newRun(
  context: CommandContext,
  request: RunRequest,
  environmentKind: EnvironmentKind,
): Promise<RunFolder> {
  const startedAt = context.now().toISOString();
  const time = startedAt.replaceAll(/[-:]|\.\d+/g, '');
  const runId = `${time}-${request.profile.id}-${randomBytes(2).toString('hex')}`;
  const directory = request.out ?? path.join(context.root, 'reports', runId);
  return await createRun(directory, {
    schemaVersion: 1,
    runId,
    startedAt,
    environmentKind,
    tenants: request.tenants,
    seed: request.seed,
    rowsPerTenant: request.rowsPerTenant,
    plantedDefect: request.defectId,
    profile: request.profile,
    ...(request.untilDecidedMs === null ? {} : { untilDecided: { atMostMs: request.untilDecidedMs, further: [] } }),
  });
}

/** A run never writes over another: said before anything starts. */
export async function refuseExistingFolder(request: RunRequest): Promise<void> {
  if (request.out === null) return;
  const found = await stat(request.out).catch(() => null);
  if (found === null) return;
  throw new SignoffError('BAD_ARGUMENT', `--out ${request.out} exists already`, {
    hint: 'Name a folder that does not exist yet; a run never writes over another.',
  });
}

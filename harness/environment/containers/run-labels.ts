/** The labels by which everything that a run makes on the engine is found again: whose it is, which run's, and the run's folder. */
import os from 'node:os';

export const runLabel = 'signoff.run';
export const ownerLabel = 'signoff.owner';
export const folderLabel = 'signoff.folder';

/** Another user's, or (on an engine that machines share) another machine's, is never ours to remove. */
export const thisOwner = (): string => `${process.getuid?.() ?? 0}@${os.hostname()}`;

/** Values of the variables that docker-compose.yml puts into the labels. */
export function labelVariables(runId: string, folder: string): Record<string, string> {
  return { SIGNOFF_RUN: runId, SIGNOFF_OWNER: thisOwner(), SIGNOFF_FOLDER: folder };
}

/** Finds systems whose harness is gone without having stopped them, and removes them: processes first, then the folder. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { isRunning } from '../processes/process-identity.ts';
import { stateRootPath } from './state-root.ts';
import { stopSystemFolder } from './stop-system-folder.ts';
import { isReleased, isStopping, processNamespace, readState, type SystemState } from './system-state.ts';

export interface LeftOver {
  id: string;
  directory: string;
  /** Names of the processes that were still running and were ended. */
  processes: string[];
}

/** A folder without a readable state may be one that is being made at this moment; after this it is a wreck. */
const WRECK_AFTER_MS = 60_000;

/** Run at each start. A process is ended only if it is the very one that was recorded, never one that was given its pid. */
export async function removeLeftOvers(): Promise<LeftOver[]> {
  const root = stateRootPath();
  if (!existsSync(root)) return [];
  const removed: LeftOver[] = [];
  for (const id of readdirSync(root)) {
    const directory = path.join(root, id);
    const state = readState(directory);
    if (state === null ? !isWreck(directory) : !isLeftOver(directory, state)) continue;
    removed.push({ id, directory, processes: await stopSystemFolder(directory) });
  }
  return removed;
}

/**
 * A kept system is left alone once its maker has let go of it, unless nothing of it runs any more (the machine was restarted) or its
 * stopping was cut short. One whose maker was killed before that is a left-over like any other.
 */
function isLeftOver(directory: string, state: SystemState): boolean {
  if (state.processNamespace !== processNamespace()) return false;
  if (isRunning(state.harness)) return false;
  return !state.keep || !isReleased(directory) || isStopping(directory) || !state.processes.some(isRunning);
}

function isWreck(directory: string): boolean {
  const changedMs = statSync(directory, { throwIfNoEntry: false })?.mtimeMs;
  return changedMs !== undefined && Date.now() - changedMs > WRECK_AFTER_MS;
}

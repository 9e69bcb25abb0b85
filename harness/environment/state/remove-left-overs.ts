/** Finds systems whose harness is gone without having stopped them, and removes them: processes first, then the folder. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { runsOnEngine } from '../containers/runs-on-engine.ts';
import { removeStrays } from '../containers/remove-strays.ts';
import { asSignoffError } from '../../model/errors.ts';
import { isRunning } from '../processes/process-identity.ts';
import { stateRootPath } from './state-root.ts';
import { stopSystemFolder } from './stop-system-folder.ts';
import { isReleased, isStopping, processNamespace, readState, type SystemState } from './system-state.ts';

export interface LeftOver {
  id: string;
  directory: string;
  /** Names of the processes and containers that were still running and were ended. */
  processes: string[];
  /** Why it could not be removed; it stays for the next start. null: it is gone. */
  problem: string | null;
}

/** A folder without a readable state may be one that is being made at this moment; after this it is a wreck. */
const WRECK_AFTER_MS = 60_000;

/** Run at each start. A process is ended only if it is the very one that was recorded, never one that was given its pid. */
export async function removeLeftOvers(): Promise<LeftOver[]> {
  const root = stateRootPath();
  const removed: LeftOver[] = [];
  for (const id of existsSync(root) ? readdirSync(root) : []) {
    const directory = path.join(root, id);
    const state = readState(directory);
    if (state === null ? !isWreck(directory) : !(await isLeftOver(directory, state))) continue;
    removed.push({ id, directory, ...(await remove(directory)) });
  }
  for (const { id, directory, names } of await removeStrays()) {
    removed.push({ id, directory, processes: names, problem: null });
  }
  return removed;
}

/** An engine that is switched off must not stop a run that does without it. */
async function remove(directory: string): Promise<Pick<LeftOver, 'processes' | 'problem'>> {
  try {
    return { processes: await stopSystemFolder(directory), problem: null };
  } catch (error) {
    const { code, message } = asSignoffError(error);
    if (code !== 'ENGINE_UNUSABLE') throw error;
    return { processes: [], problem: message };
  }
}

/**
 * A kept system is left alone once its maker has let go of it, unless nothing of it runs any more (the machine was restarted) or its
 * stopping was cut short. One whose maker was killed before that is a left-over like any other.
 */
async function isLeftOver(directory: string, state: SystemState): Promise<boolean> {
  if (state.processNamespace !== processNamespace()) return false;
  if (isRunning(state.harness)) return false;
  return !state.keep || !isReleased(directory) || isStopping(directory) || !(await isAlive(state));
}

/** Whether anything of it runs. */
export async function isAlive({ processes, onEngine, id }: SystemState): Promise<boolean> {
  return processes.some(isRunning) || (onEngine && (await runsOnEngine(id)));
}

function isWreck(directory: string): boolean {
  const changedMs = statSync(directory, { throwIfNoEntry: false })?.mtimeMs;
  return changedMs !== undefined && Date.now() - changedMs > WRECK_AFTER_MS;
}

/** Finds systems that were left running on purpose (`signoff up`, `--keep`), and stops one of them (`signoff down`). */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { systemSchema, type System } from '../../model/system.ts';
import { isAlive } from './remove-left-overs.ts';
import { stateRootPath } from './state-root.ts';
import { stopSystemFolder } from './stop-system-folder.ts';
import { isStopping, readJson, readState, systemFile } from './system-state.ts';

/** The kept systems of this user that run, newest first. */
export async function listRunningSystems(): Promise<System[]> {
  const root = stateRootPath();
  if (!existsSync(root)) return [];
  const looks = readdirSync(root).map(async (id) => {
    const state = readState(path.join(root, id));
    const system = readJson(systemFile(path.join(root, id)), systemSchema);
    return state?.keep === true && !isStopping(path.join(root, id)) && (await isAlive(state)) ? system : null;
  });
  const systems = await Promise.all(looks);
  return systems.filter((system) => system !== null).sort((a, b) => b.startedAt.localeCompare(a.startedAt));
}

/** The newest kept system; null when none runs. */
export async function findRunningSystem(): Promise<System | null> {
  return (await listRunningSystems())[0] ?? null;
}

/** Stops a system in order and removes its folder. A program that still holds it sees `stopped`, not a server's death. */
export async function stopSystem(system: System): Promise<void> {
  await stopSystemFolder(system.directory);
}

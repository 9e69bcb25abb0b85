/** Stops a system by its folder: its processes in the order that loses nothing, then the folder. Works for whoever started it. */
import { rmSync } from 'node:fs';
import { removeFromEngine } from '../containers/remove-from-engine.ts';
import { stopProcess } from '../processes/stop-process.ts';
import { markStopping, readState, type ProcessRecord } from './system-state.ts';

interface Farewell {
  signal: NodeJS.Signals;
  graceMs: number;
}

/** SIGINT is Postgres' fast shutdown: it ends sessions and writes a checkpoint (Postgres, "Shutting Down the Server"). */
const farewells: Record<ProcessRecord['kind'], Farewell> = {
  command: { signal: 'SIGTERM', graceMs: 3_000 },
  service: { signal: 'SIGTERM', graceMs: 12_000 },
  postgres: { signal: 'SIGINT', graceMs: 20_000 },
  redis: { signal: 'SIGTERM', graceMs: 10_000 },
  vault: { signal: 'SIGTERM', graceMs: 10_000 },
};

/** The servers of one rank know nothing of each other and end together. */
const ranks: ProcessRecord['kind'][][] = [
  ['command', 'service'],
  ['postgres', 'redis', 'vault'],
];

/**
 * Returns the names of those that still ran. The list stays on disk until all have ended: cut short, it can be done again.
 * Rejects with ENGINE_UNUSABLE where containers cannot be removed because no engine answers; the folder stays then.
 */
export async function stopSystemFolder(directory: string): Promise<string[]> {
  const state = readState(directory);
  markStopping(directory);
  const ended = await stopRecorded(state?.processes ?? []);
  if (state?.onEngine === true) ended.push(...(await removeFromEngine(state.id)));
  rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
  return ended;
}

/** Services drain before what they stand on goes away. */
export async function stopRecorded(records: readonly ProcessRecord[]): Promise<string[]> {
  const ended: string[] = [];
  for (const rank of ranks) {
    const members = records.filter((record) => rank.includes(record.kind));
    await Promise.all(
      members.map(async (record) => {
        if ((await stopProcess(record, farewells[record.kind])) !== 'gone') ended.push(record.name);
      }),
    );
  }
  return ended;
}

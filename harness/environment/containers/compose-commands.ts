/** Ends Compose commands of a run that are still at work: those of a killed or interrupted harness would go on making containers. */
import { readdirSync, readFileSync } from 'node:fs';
import { identifyProcess, type ProcessIdentity } from '../processes/process-identity.ts';
import { stopProcess } from '../processes/stop-process.ts';

const GRACE_MS = 5_000;

/** Found by the project's name in their environment. Linux only; elsewhere such a command ends by itself. */
export async function endComposeCommands(runId: string): Promise<void> {
  await Promise.all(
    findComposeCommands(runId).map((each) => stopProcess(each, { signal: 'SIGTERM', graceMs: GRACE_MS })),
  );
}

function findComposeCommands(runId: string): ProcessIdentity[] {
  if (process.platform !== 'linux') return [];
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  return ids.filter((id) => belongsTo(id, runId)).flatMap((id) => identifyProcess(Number(id)) ?? []);
}

/** SIGNOFF_RUN is given to Compose commands alone. */
function belongsTo(id: string, runId: string): boolean {
  try {
    return readFileSync(`/proc/${id}/environ`, 'utf8').split('\0').includes(`SIGNOFF_RUN=${runId}`);
  } catch {
    return false; // ended meanwhile, or another user's
  }
}

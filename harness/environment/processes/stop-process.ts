/** Ends a process politely, then by force; only if it is still the process that was meant. */
import { setTimeout as pause } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-identity.ts';

export interface StopOptions {
  signal: NodeJS.Signals;
  graceMs: number;
}

const LOOK_EVERY_MS = 15;
/** After SIGKILL only a process stuck in the kernel stays. */
const KILL_GRACE_MS = 5_000;

/** Signals a process or (negative pid) a group; false when nothing is left to signal. */
function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

async function awaitEnd(identity: ProcessIdentity, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (isRunning(identity)) {
    if (performance.now() > deadline) return false;
    await pause(LOOK_EVERY_MS);
  }
  return true;
}

/** Resolves to how it ended: it was gone already, it obeyed the signal, or it (and its group) had to be killed. */
export async function stopProcess(
  identity: ProcessIdentity,
  options: StopOptions,
): Promise<'gone' | 'obeyed' | 'killed'> {
  if (!isRunning(identity)) return 'gone';
  send(identity.pid, options.signal);
  if (await awaitEnd(identity, options.graceMs)) return 'obeyed';
  if (!send(-identity.pid, 'SIGKILL')) send(identity.pid, 'SIGKILL');
  await awaitEnd(identity, KILL_GRACE_MS);
  return 'killed';
}

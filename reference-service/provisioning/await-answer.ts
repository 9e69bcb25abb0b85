/** Waits for a server that is still starting: tries again as long as nothing answers, and no longer than it is told to. */
import { setTimeout as pause } from 'node:timers/promises';
import { VaultError } from '../vault/vault-http.ts';

const lookEveryMs = 20;

/** Nobody listens, the name is not known yet, or a connection ends before it is one. */
const silentCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ETIMEDOUT']);
/** SQLSTATE cannot_connect_now: Postgres is starting up or shutting down. */
const startingUp = '57P03';

/** Rejects with the last failure. An answer ends the waiting, even when it is a refusal. */
export async function awaitAnswer<T>(waitMs: number, ask: () => Promise<T>): Promise<T> {
  const deadlineMs = performance.now() + waitMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!isSilence(error) || performance.now() > deadlineMs) throw error;
      await pause(lookEveryMs);
    }
  }
}

function isSilence(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.every(isSilence);
  if (error instanceof VaultError) return error.failure === 'unreachable';
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return silentCodes.has(code) || code === startingUp || error.message === 'Connection terminated unexpectedly';
}

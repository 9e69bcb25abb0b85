/** Asks a service that somebody else runs whether it is ready and runs as in production. */
import { z } from 'zod';
import { interruption } from '../environment/processes/interruption.ts';
import { SignoffError } from '../model/errors.ts';

const ANSWER_TIMEOUT_MS = 5_000;
const readySchema = z.object({ ready: z.literal(true), rlsMode: z.string() });

/** Rejects with SERVER_NOT_READY or NOT_PRODUCTION. */
export async function requireRunningService(url: string, signal: AbortSignal): Promise<void> {
  const ready = readySchema.safeParse(await askReady(url, signal));
  if (!ready.success) {
    throw new SignoffError('SERVER_NOT_READY', `${url}/readyz does not say that a service is ready there`, {
      hint: 'Start it first; /readyz must answer {"ready":true,…}.',
    });
  }
  if (ready.data.rlsMode !== 'rls') {
    throw new SignoffError('NOT_PRODUCTION', `the service at ${url} runs with RLS_MODE=${ready.data.rlsMode}`);
  }
}

async function askReady(url: string, signal: AbortSignal): Promise<unknown> {
  try {
    const answer = await fetch(`${url}/readyz`, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    return await answer.json();
  } catch (error) {
    if (signal.aborted) throw interruption(signal, `${url} was asked`);
    throw new SignoffError('SERVER_NOT_READY', `no service answers at ${url}/readyz: ${String(error)}`, {
      cause: error,
      hint: 'Start it first, or correct the URL.',
    });
  }
}

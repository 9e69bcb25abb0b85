/** Sends one request at a constant rate with autocannon, and brings back every latency. */
import { setTimeout as delay } from 'node:timers/promises';
import autocannon from 'autocannon';

export interface AutocannonLoad {
  url: string;
  headers: Record<string, string>;
  ratePerSecond: number;
  seconds: number;
  signal: AbortSignal;
}

export interface AutocannonAnswers {
  requests: number;
  failed: number;
  /** Of the answers 2xx, without the first one of each connection: that one waited for the connection too. */
  durationsMs: number[];
}

/** How long a connection pauses between two requests, when all answers are there in time. */
export const CONNECTION_INTERVAL_MS = 1_000;

/**
 * autocannon sends all that a second allows at once, at the beginning of that second. For the even load that k6 sends, as many
 * connections as requests per second are opened one after the other, each of which sends once a second.
 */
export async function sendEvenly(load: AutocannonLoad): Promise<AutocannonAnswers> {
  const connections = Math.round(load.ratePerSecond);
  const startedAtMs = performance.now();
  const running: Promise<AutocannonAnswers>[] = [];
  for (let connection = 0; connection < connections; connection += 1) {
    const dueMs = (connection * CONNECTION_INTERVAL_MS) / connections;
    await delay(Math.max(0, startedAtMs + dueMs - performance.now()), undefined, { signal: load.signal });
    running.push(sendOnOneConnection(load));
  }
  const parts = await Promise.all(running);
  return {
    requests: parts.reduce((sum, part) => sum + part.requests, 0),
    failed: parts.reduce((sum, part) => sum + part.failed, 0),
    durationsMs: parts.flatMap((part) => part.durationsMs),
  };
}

/** One request to open the connection, then one a second. Ended by their number, so that none is cut off. */
async function sendOnOneConnection({ url, headers, seconds, signal }: AutocannonLoad): Promise<AutocannonAnswers> {
  const amount = seconds + 1;
  const settings = { url, headers, connections: 1, connectionRate: 1, amount, bailout: 1, sampleInt: 200 };
  const durationsMs: number[] = [];
  let answers = 0;
  let failed = 0;
  await new Promise<void>((resolve, reject) => {
    const instance = autocannon(settings, (error: unknown) => {
      signal.removeEventListener('abort', stop);
      if (error === null || error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error(JSON.stringify(error)));
    });
    const stop = (): void => instance.stop?.();
    signal.addEventListener('abort', stop, { once: true });
    instance.on('response', (_, status, __, durationMs) => {
      answers += 1;
      if (status < 200 || status > 299) failed += 1;
      else if (answers > 1) durationsMs.push(durationMs);
    });
  });
  return { requests: amount, failed: failed + amount - answers, durationsMs };
}

/** Makes the backends of a service report what they have counted, after the load. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceInstance } from '../model/system.ts';
import { httpGet } from './http-get.ts';

/**
 * A backend reports its counters at the end of a transaction, at most once a second (pgstat.c, PGSTAT_MIN_INTERVAL); an
 * idle one would keep the last of them for ten seconds more (PGSTAT_IDLE_INTERVAL).
 */
const REPORT_INTERVAL_MS = 1_000;

/** Requests under way when the window ended have their answers by then, and their backends may report again. */
const AFTER_LOAD_MS = REPORT_INTERVAL_MS + 300;

/** At once, and several times: more than a pool has connections, or the one that was used last would answer all. */
const AT_ONCE = 20;
const ROUNDS = 3;

/**
 * Each /readyz is a transaction on some connection of the pool, which reads no table. One that gets no answer ends it: a
 * pool that has no connection left, since it leaks, has none that could report. `endedAtMs`: by performance.now().
 */
export async function settleStatistics(services: readonly ServiceInstance[], endedAtMs: number): Promise<void> {
  await delay(Math.max(0, endedAtMs + AFTER_LOAD_MS - performance.now()));
  const urls = services.flatMap(({ url }) => Array.from({ length: AT_ONCE }, () => `${url}/readyz`));
  for (let round = 0; round < ROUNDS; round += 1) {
    const answers = await Promise.allSettled(urls.map((url) => httpGet(url)));
    if (answers.some(({ status }) => status === 'rejected')) return;
  }
}

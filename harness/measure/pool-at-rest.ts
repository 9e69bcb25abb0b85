/** Waits until the pool of a service has come to rest after the load, and counts the connections that are still in use. */
import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceInstance } from '../model/system.ts';
import { maxOf } from './prometheus-text.ts';
import { scrapeService } from './service-scrapes.ts';

const LOOK_EVERY_MS = 100;

/** Longer than a request that still runs may hold its connection, unless something is wrong with it. */
const AT_REST_AFTER_MS = 1_000;

/** A pool that still moves then is of a service that others load. */
const AT_MOST_MS = 5_000;

/**
 * 0 as soon as all are idle; else what stayed the same for a second, or was seen last when the time was used up. null
 * where the service does not tell.
 */
export async function connectionsInUseAtRest(service: ServiceInstance): Promise<number | null> {
  const begunAtMs = performance.now();
  let last: number | null = null;
  let sinceMs = begunAtMs;
  for (;;) {
    const inUse = await connectionsInUse(service);
    if (inUse === null || inUse === 0) return inUse;
    const nowMs = performance.now();
    if (inUse !== last) sinceMs = nowMs;
    last = inUse;
    if (nowMs - sinceMs >= AT_REST_AFTER_MS || nowMs - begunAtMs >= AT_MOST_MS) return inUse;
    await delay(LOOK_EVERY_MS);
  }
}

async function connectionsInUse(service: ServiceInstance): Promise<number | null> {
  const samples = await scrapeService(service);
  const open = maxOf(samples, 'database_pool_total');
  const idle = maxOf(samples, 'database_pool_idle');
  return open === null || idle === null ? null : Math.max(0, open - idle);
}

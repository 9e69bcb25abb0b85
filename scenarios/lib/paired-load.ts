/** The load of a comparison: a warm-up by a few users as fast as they can, then pairs at a constant rate. */
import { sleep } from 'k6';
import exec from 'k6/execution';
import type { Scenario } from 'k6/options';
import { closedScenario, openScenario, type Times } from './load.ts';
import { durationVariable, textVariable } from './settings.ts';

/** k6 runs no scenario of users for less than a second. */
const SHORTEST_MS = 1_000;

/**
 * At a steady 40 per second a service that was just started would still be compiling its code when the measured time
 * begins.
 */
const WARM_UP_USERS = 4;

export interface PairedLoad {
  /** Of the k6 scenario whose iterations are pairs. */
  name: string;
  ratePerSecond: number;
  times: Times;
}

/** Whether users with think time were asked for instead of a rate. */
export const closed = textVariable('USERS', '') !== '';

/** The warm-up first; in one with the pairs, at the measured rate, where it is too short for users. */
export function pairedScenarios({ name, ratePerSecond, times }: PairedLoad): Record<string, Scenario> {
  const warmUpMs = durationVariable('WARM_UP', times.warmUp);
  const whole = closed ? closedScenario(1, times) : openScenario(ratePerSecond, times);
  if (warmUpMs < SHORTEST_MS) return { [name]: whole };
  const duration = `${durationVariable('DURATION', times.duration, SHORTEST_MS)}ms`;
  const warmUp = `${warmUpMs}ms`;
  return {
    'warm-up': { executor: 'constant-vus', vus: WARM_UP_USERS, duration: warmUp, gracefulStop: '1s' },
    [name]: { ...whole, startTime: warmUp, duration },
  };
}

/** Whether this iteration is a pair, not one of the warm-up. */
export function inPairs({ name }: PairedLoad): boolean {
  return exec.scenario.name === name;
}

/** Many times what a request takes: then none of the warm-up is under way when the measured time begins. */
const PAUSE_MS = 100;

/**
 * Whether this iteration is one of the last of the warm-up, which are left out: what the services count from the
 * beginning of the measured time is then of pairs alone. It has slept through the pause when this returns.
 */
export function awaitPairs(load: PairedLoad): boolean {
  if (inPairs(load)) return false;
  const leftMs = exec.scenario.startTime + durationVariable('WARM_UP', load.times.warmUp) - Date.now();
  if (leftMs > PAUSE_MS) return false;
  sleep(Math.max(1, leftMs) / 1_000);
  return true;
}

/** Reads that Postgres answers: from Redis the first arm would fill the cache for the others. */
export const PAIRED_READS = [
  'portfolios.list',
  'positions.list',
  'trades.list',
  'trades.get',
  'signals.list',
  'exposure.get',
  'orders.list',
] as const;

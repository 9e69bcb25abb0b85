/**
 * The two workload models: closed (users with think time) and open (a constant arrival rate), each with its warm-up.
 */
import { sleep } from 'k6';
import exec from 'k6/execution';
import { Gauge } from 'k6/metrics';
import type { ConstantArrivalRateScenario, ConstantVUsScenario, Options, Scenario } from 'k6/options';
import { type LoadUser, makeRequest, newLoadUser } from './load-user.ts';
import type { Random } from './random.ts';
import { type SetupData, logInUsers } from './sessions.ts';
import { addressVariable, countVariable, durationVariable, numberVariable, textVariable } from './settings.ts';

/** Longer than a request may take, so that the last ones are measured and not cut. */
const GRACEFUL_STOP = '12s';

/** Only what the analysis reads: every tag is a column of every sample. */
const SYSTEM_TAGS = ['status', 'error_code', 'scenario', 'expected_response'];

/** Unix ms at which the load began, after setup(): the analysis counts the warm-up from here. */
const loadStart = new Gauge('load_start', true);

// Read once a virtual user, not once an iteration.
export const TARGET = {
  baseUrl: addressVariable('BASE_URL', 'http://127.0.0.1:3000'),
  arm: textVariable('ARM', 'rls'),
};
const THINK_TIME_MS = numberVariable('THINK_TIME_MS', 1_000);

/** Defaults of WARM_UP and DURATION. */
export interface Times {
  warmUp: string;
  duration: string;
}

const LOAD_TIMES: Times = { warmUp: '5s', duration: '30s' };

/** Warm-up and measured time together: both carry the same load, and are told apart by time afterwards. */
export function wholeDurationMs({ warmUp, duration }: Times): number {
  return durationVariable('WARM_UP', warmUp) + durationVariable('DURATION', duration, 1_000);
}

function wholeDuration(times: Times): string {
  return `${wholeDurationMs(times)}ms`;
}

/** The options that all scripts share. Thresholds stay empty: signoff judges, k6 only measures. */
export function optionsWith(scenarios: Record<string, Scenario>): Options {
  return {
    scenarios,
    thresholds: {},
    systemTags: SYSTEM_TAGS,
    setupTimeout: '180s',
    batch: 10,
    batchPerHost: 10,
    userAgent: 'signoff-k6',
  };
}

/** N users, each of whom makes a request, reads the answer for a while, makes the next. */
export function closedScenario(defaultUsers: number, times = LOAD_TIMES): ConstantVUsScenario {
  const vus = countVariable('USERS', defaultUsers);
  return { executor: 'constant-vus', vus, duration: wholeDuration(times), gracefulStop: GRACEFUL_STOP };
}

/** Requests begin at a constant rate, however slow the answers are. */
export function openScenario(defaultRatePerSecond: number, times = LOAD_TIMES): ConstantArrivalRateScenario {
  const ratePerSecond = numberVariable('RATE', defaultRatePerSecond, 0.1);
  // By Little's law, N users carry a rate of N per second at a latency of one second: twice the limit that is judged.
  const users = countVariable('MAX_VUS', Math.max(10, Math.ceil(ratePerSecond)));
  return arrivals(ratePerSecond, users, wholeDuration(times));
}

/** Iterations at a constant rate; `users` bounds how many are under way at once. */
export function arrivals(ratePerSecond: number, users: number, duration: string): ConstantArrivalRateScenario {
  return {
    executor: 'constant-arrival-rate',
    // k6 takes whole numbers; over a thousand seconds a rate keeps three decimals.
    rate: Math.round(ratePerSecond * 1_000),
    timeUnit: '1000s',
    preAllocatedVUs: users,
    maxVUs: users,
    duration,
    gracefulStop: GRACEFUL_STOP,
  };
}

/** Logs SESSIONS different users in. */
export function logInForLoad(defaultSessions: number, at = TARGET): SetupData {
  return logInUsers(at, countVariable('SESSIONS', defaultSessions), countVariable('SEED', 1, 0));
}

/** As many sessions as users, at most 500: more would only make setup longer. */
export function logInEveryUser(defaultUsers: number): SetupData {
  return logInForLoad(Math.min(500, countVariable('USERS', defaultUsers)));
}

let begun = false;

/** Called at the start of every iteration: the first one of the test says when the load began. */
export function markLoadStart(): void {
  if (begun) return;
  begun = true;
  if (exec.scenario.iterationInTest === 0) loadStart.add(exec.scenario.startTime);
}

let user: LoadUser | undefined;

/** An iteration of open load. */
export function openIteration(data: SetupData): void {
  markLoadStart();
  user ??= newLoadUser(data);
  makeRequest(user, TARGET);
}

/**
 * An iteration of closed load: a request, then think time. The first one comes somewhere within a think time, not all
 * at once.
 */
export function closedIteration(data: SetupData): void {
  markLoadStart();
  if (user === undefined) {
    user = newLoadUser(data);
    pause(user.random() * THINK_TIME_MS);
  }
  makeRequest(user, TARGET);
  think(user.random, THINK_TIME_MS);
}

/**
 * Uniform between half and one and a half times the mean: exact in its mean, and without a tail that outlives the test.
 */
export function think(random: Random, meanMs: number): void {
  pause((0.5 + random()) * meanMs);
}

function pause(durationMs: number): void {
  if (durationMs > 0) sleep(durationMs / 1_000);
}

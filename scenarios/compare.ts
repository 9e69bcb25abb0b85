/**
 * Two builds of the service: every iteration sends the same request to both arms, one after the other, in random order.
 * The answers of one iteration carry the same number `pair` as metadata, so that they are compared with each other
 * only, and the rank of their `tenant` in the manifest, so that a tenant who alone became slower can be seen.
 *
 *   k6 run -e 'ARMS={"base":"http://127.0.0.1:3000","candidate":"http://127.0.0.1:3001"}' scenarios/compare.ts
 *
 * ARMS           address of each build, as JSON; any number of them       {"rls": BASE_URL}
 * BASE_URL       address, where ARMS is not given                        http://127.0.0.1:3000
 * MANIFEST       seed manifest, absolute or relative to scenarios/         ../seed/out/manifest.json
 * RATE           iterations per second (open load)                        100
 * USERS          when given, closed load instead: users at once           –
 * THINK_TIME_MS  with USERS: mean pause between two iterations             20
 * MAX_VUS        iterations under way at once before one is dropped        RATE
 * SESSIONS       tenants a user of whom logs in, all where there are fewer  100
 * WARM_UP        before the measured time: the same requests, as fast as four users can   2s
 * DURATION       measured time                                            10s
 * SEED           of every draw                                            1
 *
 * In the last fifth of the time every fifth iteration is a burst, and the others rest: the user sends eight equal
 * requests at once to the one arm, then to the other, as a page does whose parts load side by side. Their endpoint is
 * `burst`. A pool or a lock that is enough for requests one by one shows here. Apart from the single requests, because
 * those that met a burst were half of the slowest, whichever build they went to, and hid what a build does to its p99.
 *
 * Tenants take turns, in rounds of random order, instead of being drawn by their size: by size the smallest of a hundred
 * would be met once in a minute, and nobody could tell whether it became slower. Where more tenants exist than sessions
 * are wanted, another SEED takes others.
 *
 * The builds may belong to different systems: a session of one is worth nothing at the other, so the same users log in
 * at each. Each has its own cookie jar, or a cookie that one build sets would travel to the other. What an iteration
 * draws depends on SEED and its number alone, whichever user gets it.
 */
import http from 'k6/http';
import exec from 'k6/execution';
import { type Call, type Caller, checkAnswer, send, sendTogether } from './lib/call.ts';
import { orderCall, readCall } from './lib/load-mix.ts';
import { markLoadStart, optionsWith, think } from './lib/load.ts';
import { type LoadTenant, loadTenant, tenants } from './lib/manifest.ts';
import { awaitPairs, closed, inPairs, PAIRED_READS, type PairedLoad, pairedScenarios } from './lib/paired-load.ts';
import { type Random, pickOne, seededRandom, shuffled } from './lib/random.ts';
import { logInTraders } from './lib/sessions.ts';
import { armAddresses, countVariable, durationVariable, numberVariable } from './lib/settings.ts';
import { evenRanks, turnTaker } from './lib/take-turns.ts';

const ENDPOINTS = [...PAIRED_READS, 'orders.create'] as const;

const BURST_REQUESTS = 8;
/** Of the iterations in the time of the bursts: seldom enough that one is over before the next begins. */
const BURST_EVERY = 5;
const SINGLES_SHARE = 0.8;
/** Where there is no schedule, in the warm-up and with users. */
const MIXED_BURST_EVERY = 20;

/** Iterations of the warm-up draw from streams of their own, or they would make the first pairs beforehand. */
const WARM_UP_STREAMS = 1_000_000;

const arms = Object.entries(armAddresses()).sort(([a], [b]) => (a < b ? -1 : 1));
const SEED = countVariable('SEED', 1, 0);
const SESSIONS = countVariable('SESSIONS', 100);
const THINK_TIME_MS = numberVariable('THINK_TIME_MS', 20);
const LOAD: PairedLoad = { name: 'compare', ratePerSecond: 100, times: { warmUp: '2s', duration: '10s' } };

/** Iterations of single requests, before those of the bursts. */
const SINGLES = Math.floor(
  (SINGLES_SHARE * numberVariable('RATE', LOAD.ratePerSecond) * durationVariable('DURATION', LOAD.times.duration)) /
    1_000,
);

export const options = optionsWith(pairedScenarios(LOAD));

interface ComparisonSetup {
  /** Differs from run to run: part of every idempotency key. */
  run: string;
  ranks: number[];
  /** By arm, in the order of the ranks. */
  cookies: Record<string, string[]>;
}

export function setup(): ComparisonSetup {
  const random = seededRandom(SEED, 0);
  const ranks = evenRanks(random, tenants.length, SESSIONS);
  const cookies: ComparisonSetup['cookies'] = {};
  // The build that logs its users in last is the warmer one: which it is, is left to chance.
  for (const [arm, baseUrl] of shuffled(random, arms)) cookies[arm] = logInTraders({ arm, baseUrl }, ranks);
  return { run: Date.now().toString(36), ranks, cookies };
}

const turns = turnTaker(SEED);

export default function comparePair({ run, ranks, cookies }: ComparisonSetup): void {
  markLoadStart();
  if (awaitPairs(LOAD)) return;
  const number = exec.scenario.iterationInTest;
  const kind = kindOf(number);
  if (kind === 'rest') return;
  const stream = inPairs(LOAD) ? 1 + number : WARM_UP_STREAMS + number;
  const random = seededRandom(SEED, stream);
  const turn = turns(turnOf(number, kind), ranks.length);
  const rank = ranks[turn] ?? 0;
  if (inPairs(LOAD)) Object.assign(exec.vu.metrics.metadata, { pair: number, tenant: rank });
  const tenant = loadTenant(rank);
  const isBurst = kind === 'burst';
  const call = isBurst ? burstCall(tenant, random) : drawCall(tenant, random, `k6-${run}-${stream}`);
  for (const [index, [arm, baseUrl]] of shuffled(random, [...arms.entries()])) {
    const cookie = cookies[arm]?.[turn] ?? '';
    const caller: Caller = { baseUrl, arm, tier: tenant.tier, cookie, jar: new http.CookieJar() };
    ask(call, caller, { tenant, index, isBurst });
  }
  if (closed) think(random, THINK_TIME_MS);
}

function kindOf(number: number): 'single' | 'burst' | 'rest' {
  if (closed || !inPairs(LOAD)) return number % MIXED_BURST_EVERY === MIXED_BURST_EVERY - 1 ? 'burst' : 'single';
  if (number < SINGLES) return 'single';
  return (number - SINGLES) % BURST_EVERY === 0 ? 'burst' : 'rest';
}

/** Those that rest take nobody's turn. */
function turnOf(number: number, kind: 'single' | 'burst'): number {
  const scheduled = kind === 'burst' && inPairs(LOAD) && !closed;
  return scheduled ? SINGLES + (number - SINGLES) / BURST_EVERY : number;
}

function burstCall(tenant: LoadTenant, random: Random): Call {
  return { ...readCall(pickOne(random, PAIRED_READS), tenant, random), endpoint: 'burst' };
}

/** Each endpoint as often as any other. */
function drawCall(tenant: LoadTenant, random: Random, idempotencyKey: string): Call {
  const endpoint = pickOne(random, ENDPOINTS);
  return endpoint === 'orders.create' ? orderCall(tenant, random, idempotencyKey) : readCall(endpoint, tenant, random);
}

/**
 * The keys of the arms differ in their last character only: where builds share a database after all, the second order
 * would be a replay of the first; where they do not, their tables stay of equal size.
 */
function ask(
  call: Call,
  caller: Caller,
  { tenant, index, isBurst }: { tenant: LoadTenant; index: number; isBurst: boolean },
): void {
  const own = call.idempotencyKey === undefined ? call : { ...call, idempotencyKey: `${call.idempotencyKey}-${index}` };
  const answers = isBurst ? sendTogether(own, caller, BURST_REQUESTS) : [send(own, caller)];
  for (const answer of answers) checkAnswer(own, answer, tenant);
}

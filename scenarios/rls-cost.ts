/**
 * What row-level security costs: every iteration sends the same request to all arms, one after the other, in random
 * order. The answers of one iteration carry the same number `pair` as metadata, so that they are compared with each
 * other only.
 *
 *   k6 run -e 'ARMS={"rls":"http://127.0.0.1:3000","filter":"http://127.0.0.1:3001"}' scenarios/rls-cost.ts
 *
 * ARMS           address of the service in each mode, as JSON             {"rls": BASE_URL}
 * BASE_URL       address, where ARMS is not given                        http://127.0.0.1:3000
 * MANIFEST       seed manifest, absolute or relative to scenarios/         ../seed/out/manifest.json
 * RATE           iterations per second (open load)                        40
 * USERS          when given, closed load instead: users at once           –
 * THINK_TIME_MS  with USERS: mean pause between two iterations             20
 * MAX_VUS        iterations under way at once before one is dropped        RATE
 * SESSIONS       different users that log in first                        20
 * WARM_UP        before the measured time: the same requests, as fast as four users can   2s
 * DURATION       measured time                                            10s
 * SEED           of every draw                                            1
 *
 * The default rate keeps iterations apart: arms do not queue behind each other, only behind the work of one request.
 * Requests answered from Redis are left out: the first arm would fill the cache for the others, and no row of Postgres
 * is read.
 */
import exec from 'k6/execution';
import { type Call, checkAnswer, send } from './lib/call.ts';
import { orderCall, readCall } from './lib/load-mix.ts';
import { type LoadUser, newLoadUser } from './lib/load-user.ts';
import { logInForLoad, markLoadStart, optionsWith, think } from './lib/load.ts';
import { type LoadTenant, loadTenant } from './lib/manifest.ts';
import { closed, inPairs, PAIRED_READS, type PairedLoad, pairedScenarios } from './lib/paired-load.ts';
import { pickOne, shuffled } from './lib/random.ts';
import { type SetupData, drawSession } from './lib/sessions.ts';
import { armAddresses, numberVariable } from './lib/settings.ts';

const ENDPOINTS = [...PAIRED_READS, 'orders.create'] as const;

const arms = armAddresses();
const THINK_TIME_MS = numberVariable('THINK_TIME_MS', 20);
const LOAD: PairedLoad = { name: 'rls-cost', ratePerSecond: 40, times: { warmUp: '2s', duration: '10s' } };

export const options = optionsWith(pairedScenarios(LOAD));

export function setup(): SetupData {
  // All arms share one database and one signing key: a session of one is a session of all.
  const [arm = '', baseUrl = ''] = Object.entries(arms)[0] ?? [];
  return logInForLoad(20, { arm, baseUrl });
}

let user: LoadUser | undefined;

export default function comparePair(data: SetupData): void {
  markLoadStart();
  user ??= newLoadUser(data);
  if (inPairs(LOAD)) exec.vu.metrics.metadata['pair'] = exec.scenario.iterationInTest;
  const endpoint = pickOne(user.random, ENDPOINTS);
  const { rank, cookie } = drawSession(user.random, user.groups, endpoint === 'orders.create');
  const tenant = loadTenant(rank);
  const call = drawCall(user, endpoint, tenant);
  for (const [arm, baseUrl] of shuffled(user.random, Object.entries(arms))) {
    const own = call.idempotencyKey === undefined ? call : { ...call, idempotencyKey: `${call.idempotencyKey}-${arm}` };
    checkAnswer(own, send(own, { baseUrl, arm, tier: tenant.tier, cookie }), tenant);
  }
  if (closed) think(user.random, THINK_TIME_MS);
}

/**
 * Made once an iteration. The arms write into the same table: their keys differ, or the second one would be a replay.
 */
function drawCall(drawer: LoadUser, endpoint: string, tenant: LoadTenant): Call {
  if (endpoint !== 'orders.create') return readCall(endpoint, tenant, drawer.random);
  drawer.orders += 1;
  return orderCall(tenant, drawer.random, `k6-${drawer.run}-${exec.vu.idInTest}-${drawer.orders}`);
}

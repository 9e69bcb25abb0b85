/**
 * Isolation under load: while some users work as usual, probes try what nobody may: other tenants' ids, cursors and
 * keys on every route, false and ended sessions, roles that do not suffice. Each has a control: the rightful owner asks
 * and must succeed.
 *
 *   k6 run -e BASE_URL=http://127.0.0.1:3000 scenarios/isolation.ts
 *
 * BASE_URL        address of the service                                   http://127.0.0.1:3000
 * MANIFEST        seed manifest, absolute or relative to scenarios/         ../seed/out/manifest.json
 * TOKENS          JSON file of forged tokens and a valid one, which signoff makes; without it these probes are left out
 * TENANTS         tenants that play owner and stranger, at least 2         8
 * PROBE_RATE      probes per second, each of two to fifty requests         40; fewer where they are not answered so fast
 * PROBES_AT_ONCE  probes under way at a time; the rest wait for a turn     20
 * ROUNDS          every probe so often and no oftener, as fast as they are answered, and then the end: PROBE_RATE and the
 *                 times do not count then. 0: at PROBE_RATE, as long as the times say, and on until every probe had a turn   0
 * USERS           users of the load beside them; 0: no load                10
 * THINK_TIME_MS   mean pause of a user between two requests                1000
 * WARM_UP         load before the measured time (probes count in both)     2s
 * DURATION        measured time                                            15s
 * SEED            of every draw                                            1
 * ARM             name of the service's mode in the samples                rls
 *
 * Outcomes are samples of the counter `isolation_probe` (lib/probe-count.ts). setup() declares every probe by a sample
 * of value 0; probes run in turn, so that each has run once after as many probes as there are (about 240).
 *
 * Quiet and fast, for a system that nobody else uses: USERS=0 ROUNDS=1 PROBES_AT_ONCE=4. Which tenants a probe plays
 * between is drawn: more ROUNDS try more of them.
 */
import { sleep } from 'k6';
import exec from 'k6/execution';
import type { Scenario } from 'k6/options';
import { TARGET, closedIteration, closedScenario, markLoadStart, optionsWith, wholeDurationMs } from './lib/load.ts';
import { checkCoverage, probes } from './lib/probes/all-probes.ts';
import { declareEveryAnswer } from './lib/probes/every-answer.ts';
import { declare, runProbe } from './lib/probes/probe.ts';
import { newScene } from './lib/probes/scene.ts';
import { tokensGiven } from './lib/probes/tokens.ts';
import { type Random, seededRandom } from './lib/random.ts';
import { type SetupData, logInEveryRole } from './lib/sessions.ts';
import { countVariable, numberVariable } from './lib/settings.ts';

/** Part of k6's runtime, not of its types. */
declare const console: { warn: (message: string) => void };

const SEED = countVariable('SEED', 1, 0);
const TIMES = { warmUp: '2s', duration: '15s' };

/**
 * Bounds what a slow service has to carry: more probes than this are never under way, the rest wait for another turn.
 */
const PROBES_AT_ONCE = countVariable('PROBES_AT_ONCE', 20);
const ROUNDS = countVariable('ROUNDS', 0, 0);
/** A round takes a second or two; a service that hangs must not hold the rounds up for ever. */
const LONGEST_ROUNDS_MS = 120_000;
const PROBE_RATE = numberVariable('PROBE_RATE', 40, 1);

export const options = optionsWith({
  ...(countVariable('USERS', 10, 0) === 0 ? {} : { background: { ...closedScenario(10, TIMES), exec: 'work' } }),
  probes: { ...(ROUNDS === 0 ? inTime() : inRounds()), exec: 'probe' },
});

/** As many as come at the rate in the time, and one round at the least: on a machine that is busy it goes on a while longer. */
function inTime(): Scenario {
  const iterations = Math.max(probes.length, Math.round((PROBE_RATE * wholeDurationMs(TIMES)) / 1_000));
  return inTurn(iterations, wholeDurationMs(TIMES) + LONGEST_ROUNDS_MS);
}

function inRounds(): Scenario {
  return inTurn(ROUNDS * probes.length, LONGEST_ROUNDS_MS);
}

function inTurn(iterations: number, longestMs: number): Scenario {
  const vus = Math.min(PROBES_AT_ONCE, iterations);
  return { executor: 'shared-iterations', vus, iterations, maxDuration: `${longestMs}ms` };
}

export function setup(): SetupData {
  if (!tokensGiven) {
    console.warn(
      'no -e TOKENS=: the probes with forged tokens are left out (signoff makes the file, see harness/measure)',
    );
  }
  checkCoverage(TARGET.baseUrl);
  for (const each of probes) declare(each);
  declareEveryAnswer();
  return logInEveryRole(TARGET, countVariable('TENANTS', 8, 2));
}

export const work = closedIteration;

let random: Random | undefined;

/** The probes in turn, each time between two tenants drawn anew. */
export function probe(data: SetupData): void {
  markLoadStart();
  random ??= seededRandom(SEED, exec.vu.idInTest);
  const turn = probes[exec.scenario.iterationInTest % probes.length];
  if (turn === undefined) throw new Error('there are no probes');
  if (ROUNDS === 0) waitForTurn();
  runProbe(turn, newScene({ random, ...TARGET, groups: data.groups, prefix: `${data.run}-${exec.vu.idInTest}` }));
}

/** Begins at the rate, or at once where that time is over. */
function waitForTurn(): void {
  const beginsAtMs = exec.scenario.startTime + (exec.scenario.iterationInTest * 1_000) / PROBE_RATE;
  const leftMs = beginsAtMs - Date.now();
  if (leftMs > 0) sleep(leftMs / 1_000);
}

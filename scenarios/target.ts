/**
 * Target load: 500 users at once, closed, with think time (approval condition AC-2).
 *
 *   k6 run -e BASE_URL=http://127.0.0.1:3000 scenarios/target.ts
 *
 * BASE_URL       address of the service                                   http://127.0.0.1:3000
 * MANIFEST       seed manifest, absolute or relative to scenarios/         ../seed/out/manifest.json
 * USERS          users at once                                            500
 * THINK_TIME_MS  mean pause of a user between two requests (uniform, ±50 %)  1000
 * SESSIONS       different users that log in first                        USERS, at most 500
 * WARM_UP        load before the measured time                            5s
 * DURATION       measured time                                            30s
 * SEED           of every draw                                            1
 * ARM            name of the service's mode in the samples                rls
 *
 * The users offer about USERS / (THINK_TIME_MS + latency) requests per second.
 * Requests and their weights: lib/load-mix.ts.
 */
import { closedIteration, closedScenario, logInEveryUser, optionsWith } from './lib/load.ts';
import type { SetupData } from './lib/sessions.ts';

const USERS = 500;

export const options = optionsWith({ target: closedScenario(USERS) });

export function setup(): SetupData {
  return logInEveryUser(USERS);
}

export default closedIteration;

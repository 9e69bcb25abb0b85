/**
 * The rate of the baseline load (100 users), open: requests begin at a constant rate however slow the answers are.
 *
 *   k6 run -e BASE_URL=http://127.0.0.1:3000 scenarios/baseline-open.ts
 *
 * BASE_URL   address of the service                                   http://127.0.0.1:3000
 * MANIFEST   seed manifest, absolute or relative to scenarios/         ../seed/out/manifest.json
 * RATE       requests per second                                      100
 * MAX_VUS    requests under way at once before one is dropped          RATE
 * SESSIONS   different users that log in first                        100
 * WARM_UP    load before the measured time                            5s
 * DURATION   measured time                                            30s
 * SEED       of every draw                                            1
 * ARM        name of the service's mode in the samples                rls
 *
 * 100 per second is the most that 100 users with a think time of 1,000 ms offer.
 */
import { logInForLoad, openIteration, openScenario, optionsWith } from './lib/load.ts';
import type { SetupData } from './lib/sessions.ts';

export const options = optionsWith({ 'baseline-open': openScenario(100) });

export function setup(): SetupData {
  return logInForLoad(100);
}

export default openIteration;

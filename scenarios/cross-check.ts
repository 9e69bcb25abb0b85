/**
 * One request as one user, at a constant rate: what a second generator, which signoff starts beside this one, measures too.
 *
 *   k6 run -e TOKENS=/path/of/session.json scenarios/cross-check.ts
 *
 * TOKENS     absolute path of a JSON file {token, tier, endpoint, path}: session and request; signoff makes it
 * BASE_URL   address of the service                                   http://127.0.0.1:3000
 * RATE       requests per second                                      40
 * MAX_VUS    requests under way at once before one is dropped          RATE
 * WARM_UP    load before the measured time                            1s
 * DURATION   measured time                                            5s
 * ARM        name of the service's mode in the samples                rls
 */
import { send } from './lib/call.ts';
import { TARGET, markLoadStart, openScenario, optionsWith } from './lib/load.ts';
import { textVariable } from './lib/settings.ts';

interface CheckedRequest {
  token: string;
  tier: string;
  endpoint: string;
  path: string;
}

export const options = optionsWith({ 'cross-check': openScenario(40, { warmUp: '1s', duration: '5s' }) });

const checked = readRequest();

function readRequest(): CheckedRequest {
  const path = textVariable('TOKENS', '');
  if (path === '') throw new Error('-e TOKENS=FILE is needed: the session and the request, as signoff writes them');
  return JSON.parse(open(path)) as CheckedRequest;
}

export default function crossCheck(): void {
  markLoadStart();
  const { endpoint, path, tier, token } = checked;
  send({ endpoint, method: 'GET', path }, { ...TARGET, tier, cookie: token });
}

/** Who plays in a probe: an owner and a stranger of two tenants, each with a session of every role. */
import http from 'k6/http';
import type { Params } from 'k6/http';
import { type Answer, type Call, sendProbe } from '../call.ts';
import { type ManifestTenant, type Role, tenants } from '../manifest.ts';
import { type Random, pickOne, shuffled } from '../random.ts';
import { unpack } from '../sessions.ts';
import { checkEveryAnswer } from './every-answer.ts';

export interface Actor {
  tenant: ManifestTenant;
  cookies: Record<Role, string>;
}

export interface Scene {
  random: Random;
  owner: Actor;
  stranger: Actor;
  /** The tenant with the fewest trades, whose pages can be counted to their end. */
  smallest: Actor;
  /**
   * All tenants that play, in random order: for a probe that needs an owner with something the drawn one may not have.
   */
  cast: () => Actor[];
  /** A text that no other request has: for names, addresses and keys. */
  unique: () => string;
  ask: (call: ProbeCall, cookie: string, headers?: Record<string, string>) => Answer;
  /** With a body and a content type that need not fit. */
  askRaw: (call: RawCall, cookie: string) => Answer;
  /** All at once, each over a connection of its own; answers in the same order. */
  askTogether: (calls: readonly { call: ProbeCall; cookie: string }[]) => Answer[];
}

/** A request of a probe; all of them are one endpoint in the samples. */
export type ProbeCall = Omit<Call, 'endpoint'>;

export interface RawCall {
  method: ProbeCall['method'];
  path: string;
  text: string;
  headers: Record<string, string>;
}

export interface Stage {
  random: Random;
  groups: readonly string[];
  baseUrl: string;
  arm: string;
  /** Differs from run to run and from one virtual user to the other. */
  prefix: string;
}

const actors = new Map<string, Actor>();
const callers = new Map<string, ManifestTenant>();

/** A manifest entry is parsed once for each virtual user. */
function actorOf(group: string): Actor {
  const known = actors.get(group);
  if (known !== undefined) return known;
  const { rank, cookies } = unpack(group);
  const tenant = tenants[rank];
  if (tenant === undefined) throw new Error(`no tenant of rank ${rank} in the manifest`);
  const cookieOf = (role: Role): string => cookies.find((session) => session.role === role)?.cookie ?? '';
  const actor = {
    tenant,
    cookies: { admin: cookieOf('admin'), trader: cookieOf('trader'), viewer: cookieOf('viewer') },
  };
  actors.set(group, actor);
  for (const { cookie } of cookies) callers.set(cookie, tenant);
  return actor;
}

let sequence = 0;

/** Two different tenants, drawn anew for every probe. The groups are in order of size: the last is the smallest. */
export function newScene(stage: Stage): Scene {
  const { random, groups, baseUrl, arm } = stage;
  const owner = actorOf(pickOne(random, groups));
  const others = groups.filter((group) => actorOf(group) !== owner);
  const callerWith = (cookie: string): RawCaller => ({ baseUrl, arm, tier: owner.tenant.tier, cookie });
  if (others.length === 0) throw new Error('isolation needs at least two tenants in the manifest');
  return {
    random,
    owner,
    stranger: actorOf(pickOne(random, others)),
    cast: () => shuffled(random, groups).map(actorOf),
    smallest: actorOf(groups[groups.length - 1] ?? ''),
    unique: () => `${stage.prefix}-${(sequence += 1)}`,
    ask: (call, cookie, headers = {}) =>
      checked(call, cookie, sendProbe({ ...call, endpoint: 'probe' }, callerWith(cookie), headers)),
    askRaw: (call, cookie) => checked(call, cookie, sendRaw(call, callerWith(cookie))),
    askTogether: (calls) =>
      http
        .batch(calls.map(({ call, cookie }) => toBatched(call, callerWith(cookie))))
        .map((answer, index) => checked(calls[index]?.call, calls[index]?.cookie, answer)),
  };
}

/** The answer; what a session of none of the cast is given, is for its probe to judge. */
function checked<T extends Answer>(call: Pick<ProbeCall, 'method' | 'path'> | undefined, cookie = '', answer: T): T {
  const caller = callers.get(cookie);
  if (call !== undefined && caller !== undefined) checkEveryAnswer(`${call.method} ${call.path}`, answer, caller);
  return answer;
}

const REQUEST_TIMEOUT = '10s';
const anyAnswer = http.expectedStatuses({ min: 200, max: 499 });

interface RawCaller {
  baseUrl: string;
  arm: string;
  tier: string;
  cookie: string;
}

function rawParams(
  { arm, tier, cookie }: RawCaller,
  headers: Record<string, string>,
): Params & { responseType: 'text' } {
  return {
    headers: { ...headers, Cookie: `alphapulse_session=${cookie}` },
    tags: { endpoint: 'probe', arm, tier },
    jar: new http.CookieJar(),
    responseCallback: anyAnswer,
    responseType: 'text',
    redirects: 0,
    timeout: REQUEST_TIMEOUT,
  };
}

function sendRaw({ method, path, text, headers }: RawCall, caller: RawCaller): Answer {
  return http.request(method, `${caller.baseUrl}/api${path}`, text, rawParams(caller, headers));
}

function toBatched({ method, path, body, idempotencyKey }: ProbeCall, caller: RawCaller) {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (idempotencyKey !== undefined) headers['Idempotency-Key'] = idempotencyKey;
  return {
    method,
    url: `${caller.baseUrl}/api${path}`,
    body: body === undefined ? null : JSON.stringify(body),
    params: rawParams(caller, headers),
  };
}

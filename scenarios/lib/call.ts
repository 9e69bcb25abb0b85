/**
 * Sends one request as a session, with the tags that the analysis groups by, and checks that the answer is the
 * caller's.
 */
import http from 'k6/http';
import type { CookieJar, Params, RefinedResponse } from 'k6/http';
import { type ProbeId, countProbe } from './probe-count.ts';
import { type TenantMarks, carriesOwnMark, foreignMark } from './tenant-check.ts';

/** A request before it is known where it goes and as whom. */
export interface Call {
  /** Name of the route in the samples, for instance `trades.list`. */
  endpoint: string;
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api, for instance `/v1/trades?limit=50`. */
  path: string;
  body?: unknown;
  idempotencyKey?: string;
}

export interface Caller {
  baseUrl: string;
  arm: string;
  tier: string;
  cookie: string;
  /** Takes the cookies that answers set; where it is left out, one that lasts for the iteration. */
  jar?: CookieJar;
}

export type Answer = RefinedResponse<'text'>;

/** Long enough to show how slow a slow answer was, shorter than the graceful stop, so that none is lost at the end. */
const REQUEST_TIMEOUT = '10s';

const success = http.expectedStatuses({ min: 200, max: 299 });
const anyAnswer = http.expectedStatuses({ min: 200, max: 499 });

/** Sends the request of a user. */
export function send(call: Call, caller: Caller): Answer {
  return request(call, caller, { responseCallback: success });
}

/** Sends the request of a user so many times at once, as a page does whose parts load side by side. */
export function sendTogether(call: Call, caller: Caller, times: number): Answer[] {
  const one = buildRequest(call, caller, { responseCallback: success });
  return http.batch(Array.from({ length: times }, () => one));
}

/**
 * Sends a request of a probe: a refusal is what it asks for, so none counts as an error. Its cookie jar is empty and
 * thrown away: a session that a login gives must not travel with the next request.
 */
export function sendProbe(call: Call, caller: Caller, headers: Record<string, string>): Answer {
  return request(call, caller, { responseCallback: anyAnswer, jar: new http.CookieJar() }, headers);
}

function request(
  call: Call,
  caller: Caller,
  params: Pick<Params, 'responseCallback' | 'jar'>,
  extraHeaders?: Record<string, string>,
): Answer {
  const built = buildRequest(call, caller, params, extraHeaders);
  return http.request(built.method, built.url, built.body, built.params);
}

interface BuiltRequest {
  method: Call['method'];
  url: string;
  body: string | null;
  params: Params & { responseType: 'text' };
}

/** Without a cookie where the caller has none. */
function buildRequest(
  { endpoint, method, path, body, idempotencyKey }: Call,
  { baseUrl, arm, tier, cookie, jar }: Caller,
  params: Pick<Params, 'responseCallback' | 'jar'>,
  extraHeaders?: Record<string, string>,
): BuiltRequest {
  const headers: Record<string, string> = { ...extraHeaders };
  if (cookie !== '') headers['Cookie'] = `alphapulse_session=${cookie}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (idempotencyKey !== undefined) headers['Idempotency-Key'] = idempotencyKey;
  return {
    method,
    url: `${baseUrl}/api${path}`,
    body: body === undefined ? null : JSON.stringify(body),
    params: {
      ...(jar === undefined ? {} : { jar }),
      ...params,
      headers,
      tags: { endpoint, arm, tier },
      responseType: 'text',
      redirects: 0,
      timeout: REQUEST_TIMEOUT,
    },
  };
}

const RESPONSE_PROBE: ProbeId = { claim: 'SEC-ISO', probe: 'response-tenant', kind: 'probe' };
const RESPONSE_CONTROL: ProbeId = { claim: 'SEC-ISO', probe: 'response-tenant', kind: 'control' };

/** Endpoints whose answer always carries the caller's own mark, so that its absence shows a blind check. */
const MARKED_ENDPOINTS = new Set(['portfolios.list', 'orders.create']);

/** Counts whether an answer of the load belongs to its caller; an answer without success says nothing either way. */
export function checkAnswer(call: Call, answer: Answer, own: TenantMarks): void {
  const foreign = typeof answer.body === 'string' ? foreignMark(answer.body, own) : null;
  if (foreign !== null) {
    countProbe(RESPONSE_PROBE, 'violation', `${call.method} ${call.path} as tenant ${own.id}: ${foreign}`);
    return;
  }
  if (answer.status < 200 || answer.status > 299) {
    countProbe(RESPONSE_PROBE, 'undecided', `${call.method} ${call.path}: status ${answer.status} ${answer.error}`);
    return;
  }
  countProbe(RESPONSE_PROBE, 'ok');
  if (!MARKED_ENDPOINTS.has(call.endpoint)) return;
  const seen = carriesOwnMark(String(answer.body), own);
  countProbe(RESPONSE_CONTROL, seen ? 'ok' : 'violation', seen ? '' : `${call.path}: no mark of tenant ${own.id}`);
}

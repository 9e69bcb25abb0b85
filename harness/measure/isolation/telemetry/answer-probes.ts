/** Headers of answers and pages for operators: nothing of the software, of a trace, or of anybody else in them. */
import type { Manifest, ManifestTenant } from '../../../model/manifest.ts';
import type { ServiceAnswer } from '../ask-service.ts';
import { type Look, asControl, asProbe } from '../look.ts';
import { findLeaks } from './find-leaks.ts';

/** They tell an attacker what runs, and where the time goes. */
const talkative = ['server', 'x-powered-by', 'server-timing', 'via', 'x-runtime', 'x-debug', 'x-backend-server'];
/** A trace belongs to whoever began it: its ids and its baggage do not travel back. */
const tracing = ['traceparent', 'tracestate', 'baggage', 'x-b3-traceid', 'b3', 'uber-trace-id', 'x-amzn-trace-id'];

export interface AnswerGiven {
  what: string;
  answer: ServiceAnswer;
  /** What the request carried: not for the headers of its answer. */
  secrets: readonly string[];
}

/** `traced`: an answer to a request without trace headers, after others had them; `carried`: what those others carried. */
export function probeAnswers(given: readonly AnswerGiven[], traced: ServiceAnswer, carried: readonly string[]): Look[] {
  const named = 'headers: software or timing named';
  const traces = "traces: a trace that the caller did not begin, or another's baggage";
  const echoes = 'headers: what a request carried';
  const looks = given.flatMap(({ what, answer, secrets }): Look[] => {
    const names = [...answer.headers.keys()];
    const told = names.filter((name) => talkative.includes(name) || name.startsWith('x-tenant'));
    const echoed = [...answer.headers.values()].some((value) => secrets.some((secret) => value.includes(secret)));
    return [
      asProbe(named, told.length === 0 ? 'ok' : 'violation', `${what}: ${told.join(', ')}`),
      asProbe(echoes, echoed ? 'violation' : 'ok', `${what}: a header of the answer holds it`),
    ];
  });
  const back = [...traced.headers.keys()].filter((name) => tracing.includes(name));
  const heard = [...traced.headers.values(), traced.body].some((text) =>
    carried.some((secret) => text.includes(secret)),
  );
  looks.push(
    asProbe(
      traces,
      back.length > 0 || heard ? 'violation' : 'ok',
      back.length > 0 ? back.join(', ') : "another's baggage",
    ),
  );
  const sees = given.some(({ answer }) => answer.headers.has('x-request-id'));
  return [
    ...looks,
    ...[named, traces, echoes].map((probe) =>
      asControl(probe, sees ? 'ok' : 'violation', 'no answer has a request id'),
    ),
  ];
}

/** Pages that need no session: nothing of any tenant is on them. */
export function probeOpenPages(pages: ReadonlyMap<string, ServiceAnswer>, { tenants }: Manifest): Look[] {
  return [...pages].flatMap(([path, { status, body }]): Look[] => {
    const probe = `telemetry: a tenant's data at ${path}`;
    const found = [...findLeaks(body), ...(tenants.some((tenant) => isNamed(body, tenant)) ? ['a tenant'] : [])];
    const decided = status === 200 || status === 503;
    const outcome = found.length > 0 ? 'violation' : decided ? 'ok' : 'undecided';
    return [
      asProbe(probe, outcome, found.length > 0 ? found.join(', ') : `status ${status}`),
      asControl(probe, decided && body.length > 0 ? 'ok' : 'undecided', `status ${status}`),
    ];
  });
}

/** The slug is what people log in with. */
function isNamed(body: string, { id, slug, canary }: ManifestTenant): boolean {
  return [id, slug, canary].some((mark) => body.includes(mark));
}

/** Probes of what the service tells its operators: no data of a tenant, and no secret, in logs, metrics, traces and headers. */
import { randomBytes } from 'node:crypto';
import { type ServiceAnswer, askService, logIn } from '../ask-service.ts';
import { type Look, countLooks } from '../look.ts';
import type { ProbeScene, ProbeSuite } from '../probe-scene.ts';
import { tenantPairs } from '../tenant-pairs.ts';
import { type AnswerGiven, probeAnswers, probeOpenPages } from './answer-probes.ts';
import { type Provoked, probeLogs } from './log-probes.ts';
import { openLogs } from './log-source.ts';
import { probeMetrics } from './metrics-probes.ts';
import { type ProvocationCast, makeProvocations } from './provocations.ts';

export const telemetrySuite: ProbeSuite = {
  layer: 'telemetry',
  run: async (scene) => countLooks('telemetry', await probeTelemetry(scene)),
};

const openPages = ['/healthz', '/readyz', '/metrics', '/openapi.json'];
/** Of a number in a request's id: none is the beginning of another. */
const digits = 3;
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

async function probeTelemetry(scene: ProbeScene): Promise<Look[]> {
  const { manifest, service, signal } = scene;
  const sources = await openLogs(scene);
  const cast = await chooseCast(scene);
  const { provoked, given } = await provokeAll(scene, cast);
  const session = cast.viewer;
  const traced = await askService(service.url, { path: '/api/v1/portfolios?limit=1', session }, signal);
  const pages = new Map<string, ServiceAnswer>();
  for (const path of openPages) pages.set(path, await askService(service.url, { path }, signal));
  const [metrics, openApi] = [pages.get('/metrics'), pages.get('/openapi.json')];
  if (metrics === undefined || openApi === undefined) throw new Error('the pages for operators were not asked for');
  const carried = [...provoked.flatMap(({ secrets }) => secrets), traceId];
  return [
    ...(await probeLogs(sources, provoked, manifest.demoPassword, signal)),
    ...probeMetrics({ metrics, openApi, manifest, provocations: provoked }),
    ...probeAnswers(given, traced, carried),
    ...probeOpenPages(pages, manifest),
  ];
}

async function chooseCast({ manifest, service, signal }: ProbeScene): Promise<ProvocationCast> {
  const [pair] = tenantPairs(manifest.tenants);
  if (pair === undefined) throw new Error('isolation needs at least two tenants');
  const enter = (role: 'admin' | 'trader' | 'viewer') =>
    logIn({ url: service.url, tenant: pair.owner, role, password: manifest.demoPassword }, signal);
  const [admin, trader, viewer] = [await enter('admin'), await enter('trader'), await enter('viewer')];
  return { ...pair, admin, trader, viewer };
}

/** Each with an id of its own, which its line in the log has, and with a trace that somebody else began. */
async function provokeAll(
  { service, signal }: ProbeScene,
  cast: ProvocationCast,
): Promise<{ provoked: Provoked[]; given: AnswerGiven[] }> {
  const run = randomBytes(6).toString('hex');
  const provoked: Provoked[] = [];
  const given: AnswerGiven[] = [];
  for (const [index, one] of makeProvocations(cast).entries()) {
    const requestId = `signoff-probe-${run}-${String(index).padStart(digits, '0')}`;
    const headers = {
      'x-request-id': requestId,
      traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      ...one.request.headers,
    };
    const answer = await askService(service.url, { ...one.request, headers }, signal);
    provoked.push({ ...one, requestId, status: answer.status });
    given.push({ what: one.what, answer, secrets: one.secrets });
  }
  return { provoked, given };
}

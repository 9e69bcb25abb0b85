/** One request of a tenant to the service, and whether the answer is the tenant's own. */
import type { Look } from '../look.ts';
import type { Player, PoolScene } from './pool-scene.ts';

export interface ServiceAnswer {
  /** 0 where none came. */
  status: number;
  body: string;
}

export interface ServiceCall {
  path: string;
  method?: 'GET' | 'POST';
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Above the 5 s for which the service lets a request wait for a connection. */
const TIMEOUT_MS = 8_000;

/** Never rejects: that no answer came is an answer, too. */
export async function askService(
  { service }: PoolScene,
  { cookie }: Player,
  call: ServiceCall,
): Promise<ServiceAnswer> {
  const { path, method = 'GET', body, headers = {}, signal } = call;
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(`${service.url}${path}`, {
      method,
      headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    return { status: 0, body: error instanceof Error ? error.message : String(error) };
  }
}

const tenantIds = /"tenantId"\s*:\s*"([^"]*)"/g;
const canaries = /cnry_[0-9a-f]{12}/g;

/** A read of rows that the tenant surely has: an answer without them was given in a context that is not the tenant's. */
export function judgeOwnAnswer({ status, body }: ServiceAnswer, { tenant }: Player): Look['outcome'] {
  if (status === 0 || status === 429 || status >= 500) return 'undecided';
  const ids = [...body.matchAll(tenantIds)].map(([, id]) => id);
  const foreign =
    ids.some((id) => id !== tenant.id) || [...body.matchAll(canaries)].some(([mark]) => mark !== tenant.canary);
  if (foreign) return 'violation';
  return status === 200 && ids.length > 0 ? 'ok' : 'violation';
}

/** Status and size, or the reason why there was none; never the body, which may be another tenant's. */
export function describeServiceAnswer({ status, body }: ServiceAnswer): string {
  return status === 0 ? `no answer (${body})` : `status ${status}, ${body.length} characters`;
}

/** Reads of what every seeded tenant has, by id and as a list; each answer names its tenant in every row. */
export function ownReads({ tenant }: Player): ServiceCall[] {
  const [portfolio] = tenant.samples.portfolios;
  const [trade] = tenant.samples.trades;
  return [
    { path: `/api/v1/portfolios/${portfolio ?? ''}` },
    { path: '/api/v1/orders?limit=3' },
    { path: `/api/v1/trades/${trade ?? ''}` },
    { path: '/api/v1/strategies?limit=3' },
    { path: '/api/v1/portfolios?limit=3' },
    { path: '/api/v1/risk/exposure' },
    { path: '/api/v1/signals?limit=3' },
  ];
}

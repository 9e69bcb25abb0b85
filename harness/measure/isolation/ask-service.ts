/** Requests to the service as one of its users, for probes that look at what a request leaves behind it. */
import type { Manifest, ManifestTenant } from '../../model/manifest.ts';

/** Longer than any request takes that is going to be answered, also under load. */
const timeoutMs = 10_000;

/** Over TLS with the prefix that ties a cookie to its host (RFC 6265bis, section 4.1.3.2). */
const cookieName = (url: string): string => `${url.startsWith('https:') ? '__Host-' : ''}alphapulse_session`;

export interface ServiceRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** From the root, for instance /api/v1/portfolios. */
  path: string;
  /** Sent as JSON; a text as it is. */
  body?: unknown;
  /** Value of the session cookie. */
  session?: string;
  headers?: Record<string, string>;
}

export interface ServiceAnswer {
  status: number;
  headers: Headers;
  body: string;
}

/** Any status is an answer; rejects when none came. */
export async function askService(url: string, request: ServiceRequest, signal: AbortSignal): Promise<ServiceAnswer> {
  const { method = 'GET', path, body, session, headers } = request;
  const response = await fetch(`${url}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(session === undefined ? {} : { cookie: `${cookieName(url)}=${session}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

export interface Login {
  url: string;
  tenant: ManifestTenant;
  role: ManifestTenant['users'][number]['role'];
  password: Manifest['demoPassword'];
}

/** The value of the session cookie. Rejects when the user is not let in: then nothing can be probed as them. */
export async function logIn({ url, tenant, role, password }: Login, signal: AbortSignal): Promise<string> {
  const email = tenant.users.find((user) => user.role === role)?.email;
  const request = {
    method: 'POST',
    path: '/api/v1/auth/login',
    body: { tenant: tenant.slug, email, password },
  } as const;
  const answer = await askService(url, request, signal);
  const session = new RegExp(`^${cookieName(url)}=([^;]+)`).exec(answer.headers.getSetCookie()[0] ?? '')?.[1];
  if (answer.status === 200 && session !== undefined) return session;
  throw new Error(`a ${role} of ${tenant.slug} could not log in: status ${answer.status}`);
}

/** For integration tests: the seeded tenants, sessions of their users, and requests as them. */
import { readFileSync } from 'node:fs';
import { inject } from 'vitest';
import { z } from 'zod';

const tenantSchema = z.object({
  id: z.string(),
  slug: z.string(),
  canary: z.string(),
  users: z.array(z.object({ id: z.string(), email: z.string(), role: z.enum(['admin', 'trader', 'viewer']) })),
  samples: z.object({
    portfolios: z.array(z.string()),
    strategies: z.array(z.string()),
    signals: z.array(z.string()),
    orders: z.array(z.string()),
    trades: z.array(z.string()),
    riskLimits: z.array(z.string()),
  }),
  expected: z.object({ trades: z.number(), positions: z.number(), grossExposure: z.string() }),
});
const manifestSchema = z.object({
  demoPassword: z.string(),
  symbols: z.array(z.string()),
  tenants: z.array(tenantSchema),
});

export type SeededTenant = z.infer<typeof tenantSchema>;
export type Role = SeededTenant['users'][number]['role'];

export function readManifest(): z.infer<typeof manifestSchema> {
  const { manifestPath } = inject('system');
  if (manifestPath === null) throw new Error('nothing is seeded');
  return manifestSchema.parse(JSON.parse(readFileSync(manifestPath, 'utf8')));
}

/** The seeded tenant of that place. */
export function tenantAt(index: number): SeededTenant {
  const tenant = readManifest().tenants[index];
  if (tenant === undefined) throw new Error(`there is no tenant ${index}`);
  return tenant;
}

export function serviceUrl(arm: 'rls' | 'filter' | 'bare' = 'rls'): string {
  const service = inject('system').services.find((candidate) => candidate.arm === arm);
  if (service === undefined) throw new Error(`no service of the arm ${arm} runs`);
  return service.url;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; an empty object where it is empty. */
  body: Record<string, unknown>;
}

export interface CallOptions {
  url?: string;
  cookie?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export async function call(method: string, path: string, options: CallOptions = {}): Promise<Answer> {
  const response = await fetch(`${options.url ?? serviceUrl()}${path}`, {
    method,
    headers: {
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
      ...options.headers,
    },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  const body = isJson && text !== '' ? z.record(z.string(), z.unknown()).parse(JSON.parse(text)) : {};
  return { status: response.status, headers: response.headers, text, body };
}

/** The items of a list's answer. */
export function itemsOf(answer: Answer): Record<string, unknown>[] {
  return z.array(z.record(z.string(), z.unknown())).parse(answer.body['items']);
}

/** The code of an error's answer. */
export function errorCode(answer: Answer): string {
  return z.object({ error: z.object({ code: z.string() }) }).parse(answer.body).error.code;
}

export async function logIn(
  credentials: { tenant: string; email: string; password: string },
  url?: string,
): Promise<Answer> {
  return call('POST', '/api/v1/auth/login', { body: credentials, ...(url === undefined ? {} : { url }) });
}

/** Logs the tenant's first user of a role in; returns the cookie to send. */
export async function sessionOf(tenant: SeededTenant, role: Role, url?: string): Promise<string> {
  const user = tenant.users.find((candidate) => candidate.role === role);
  if (user === undefined) throw new Error(`${tenant.slug} has no ${role}`);
  const { demoPassword } = readManifest();
  const answer = await logIn({ tenant: tenant.slug, email: user.email, password: demoPassword }, url);
  return cookieOf(answer);
}

/** name=value of the session cookie that an answer set. */
export function cookieOf(answer: Answer): string {
  const [cookie] = (answer.headers.get('set-cookie') ?? '').split(';');
  if (answer.status !== 200 || cookie === undefined || cookie === '')
    throw new Error(`no session: ${answer.status} ${answer.text}`);
  return cookie;
}

/** Logs the first user of the largest tenant in. */
import type { Manifest } from '../../model/manifest.ts';

const TIMEOUT_MS = 10_000;
const COOKIE = 'alphapulse_session';

export interface Session {
  /** As a request header has it: name and value. */
  cookie: string;
  /** The value alone. */
  token: string;
  tier: string;
}

export async function logIn(url: string, { tenants, demoPassword }: Manifest): Promise<Session> {
  const [tenant] = [...tenants].sort((a, b) => b.rows - a.rows);
  const user = tenant?.users[0];
  if (tenant === undefined || user === undefined) throw new Error('the manifest has no user');
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ tenant: tenant.slug, email: user.email, password: demoPassword }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const [cookie = ''] = response.headers.get('set-cookie')?.split(';') ?? [];
  const [name, token = ''] = cookie.split('=');
  if (response.ok && name === COOKIE && token !== '') return { cookie, token, tier: tenant.tier };
  throw new Error(`login of ${user.email} at ${url} was answered with ${response.status}`);
}

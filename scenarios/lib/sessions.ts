/** Logs the users of the load in, and draws one of them for each request: over all tenants, with skew. */
import http from 'k6/http';
import { type ManifestTenant, type Role, demoPassword, tenants } from './manifest.ts';
import { type Random, pickOne, seededRandom } from './random.ts';

/** Roles in the order in which a tenant's sessions are given out: two traders and two viewers to an admin. */
const ROLE_ORDER: readonly Role[] = ['trader', 'viewer', 'trader', 'viewer', 'admin'];

/** Logins under way at once: setup must not be a burst that the service's password hashing has to dig itself out of. */
const CONCURRENT_LOGINS = 10;

/** A tenant that is drawn from: its rank by size and the cookies of its sessions. */
export interface SessionGroup {
  rank: number;
  cookies: { role: Role; cookie: string }[];
}

/** A logged-in user, as a request needs it. */
export interface Session {
  rank: number;
  role: Role;
  cookie: string;
}

export interface SetupData {
  /** Differs from run to run: part of every idempotency key. */
  run: string;
  /** Packed groups, largest tenant first: setup's data is copied to every virtual user, which unpacks what it draws. */
  groups: string[];
}

interface Login {
  rank: number;
  tenant: ManifestTenant;
  email: string;
  role: Role;
}

interface Service {
  baseUrl: string;
  arm: string;
}

/** Logs `count` different users in, at least one of every tenant when there are as many. For use in setup(). */
export function logInUsers(service: Service, count: number, seed: number): SetupData {
  return logIn(service, chooseLogins(count, seededRandom(seed, 0)));
}

/** Logs a user of every role in, of so many tenants from the largest to the smallest. For use in setup(). */
export function logInEveryRole(service: Service, tenantCount: number): SetupData {
  const last = tenants.length - 1;
  const ranks = Array.from({ length: tenantCount }, (_, index) =>
    Math.round((index * last) / Math.max(1, tenantCount - 1)),
  );
  const logins = [...new Set(ranks)].flatMap((rank) => {
    const tenant = tenants[rank] as ManifestTenant;
    return (['admin', 'trader', 'viewer'] as const).map((role): Login => {
      const user = tenant.users.find((candidate) => candidate.role === role);
      if (user === undefined) throw new Error(`the tenant ${tenant.slug} has no ${role} in the manifest`);
      return { rank, tenant, email: user.email, role };
    });
  });
  return logIn(service, logins);
}

/** Logs a trader of each of these tenants in, who may read and write; gives their cookies, in the same order. For use in setup(). */
export function logInTraders(service: Service, ranks: readonly number[]): string[] {
  const logins = ranks.map((rank): Login => {
    const tenant = tenants[rank] as ManifestTenant;
    const user = tenant.users.find(({ role }) => role === 'trader');
    if (user === undefined) throw new Error(`the tenant ${tenant.slug} has no trader in the manifest`);
    return { rank, tenant, email: user.email, role: user.role };
  });
  return logInBatches(service, logins);
}

function logIn(service: Service, logins: Login[]): SetupData {
  const groups = new Map<number, SessionGroup>();
  logInBatches(service, logins).forEach((cookie, index) => {
    const { rank, role } = logins[index] as Login;
    groups.set(rank, { rank, cookies: [...(groups.get(rank)?.cookies ?? []), { role, cookie }] });
  });
  const ordered = [...groups.values()].sort((a, b) => a.rank - b.rank);
  if (!ordered.some(canWrite)) throw new Error('no trader or admin among the sessions: raise -e SESSIONS');
  return { run: Date.now().toString(36), groups: ordered.map(pack) };
}

/** Few at once; the cookies in the order of the logins. */
function logInBatches(service: Service, logins: Login[]): string[] {
  const cookies: string[] = [];
  for (let from = 0; from < logins.length; from += CONCURRENT_LOGINS) {
    cookies.push(...logInTogether(service, logins.slice(from, from + CONCURRENT_LOGINS)));
  }
  return cookies;
}

function logInTogether({ baseUrl, arm }: Service, logins: Login[]): string[] {
  const responses = http.batch(
    logins.map(({ tenant, email }) => ({
      method: 'POST',
      url: `${baseUrl}/api/v1/auth/login`,
      body: JSON.stringify({ tenant: tenant.slug, email, password: demoPassword() }),
      params: {
        headers: { 'Content-Type': 'application/json' },
        tags: { endpoint: 'auth.login', arm, tier: tenant.tier },
        responseType: 'text' as const,
        jar: new http.CookieJar(),
      },
    })),
  );
  return responses.map((response, index) => {
    const { email } = logins[index] as Login;
    const cookie = response.cookies['alphapulse_session']?.[0]?.value;
    if (response.status === 200 && cookie !== undefined) return cookie;
    throw new Error(
      `login of ${email} at ${baseUrl} failed: status ${response.status}, ${response.error} ${String(response.body)}; ` +
        'does the manifest (-e MANIFEST=) belong to the data that is loaded?',
    );
  });
}

/**
 * One user per tenant first (evenly over the ranks when there are fewer logins than tenants), the rest drawn with skew.
 */
function chooseLogins(count: number, random: Random): Login[] {
  const all = Array.from({ length: tenants.length }, (_, rank) => rank);
  const stride = Math.max(1, all.length / count);
  const ranks = Array.from({ length: Math.min(count, all.length) }, (_, index) => Math.floor(index * stride));
  // Draws beyond the users that exist are lost; four times as many are enough to come close to `count`.
  for (let draws = count * 4; draws > 0; draws -= 1) ranks.push(drawRank(random, all.length));
  return takeUsers(ranks, count, Math.floor(random() * ROLE_ORDER.length));
}

function takeUsers(ranks: number[], count: number, offset: number): Login[] {
  const unused = new Map<number, ManifestTenant>();
  const logins: Login[] = [];
  for (const rank of ranks) {
    if (logins.length >= count) break;
    const tenant = unused.get(rank) ?? tenants[rank];
    if (tenant === undefined) continue;
    const wanted = ROLE_ORDER[(offset + rank + logins.length) % ROLE_ORDER.length];
    const user = tenant.users.find(({ role }) => role === wanted) ?? tenant.users[0];
    if (user === undefined) continue;
    unused.set(rank, { ...tenant, users: tenant.users.filter(({ id }) => id !== user.id) });
    logins.push({ rank, tenant, email: user.email, role: user.role });
  }
  return logins;
}

/**
 * A rank from 0 to count − 1, drawn by Zipf's law with exponent 1: the inverse of the distribution with density 1 / x
 * over 1 … count + 1, so that the rank r has the probability ln((r + 2) / (r + 1)) / ln(count + 1). Needs no table.
 */
export function drawRank(random: Random, count: number): number {
  return Math.min(count - 1, Math.floor(Math.exp(random() * Math.log(count + 1))) - 1);
}

/** A session to make a request with: tenants with skew, then one of the tenant's sessions that may do it. */
export function drawSession(random: Random, groups: readonly string[], forWriting: boolean): Session {
  for (;;) {
    const group = unpack(groups[drawRank(random, groups.length)] ?? '');
    const able = forWriting ? group.cookies.filter(({ role }) => role !== 'viewer') : group.cookies;
    // setup() made sure that some group has a writer; a draw of one that has none is taken again.
    if (able.length > 0) return { rank: group.rank, ...pickOne(random, able) };
  }
}

function canWrite(group: SessionGroup): boolean {
  return group.cookies.some(({ role }) => role !== 'viewer');
}

function pack({ rank, cookies }: SessionGroup): string {
  return [rank, ...cookies.map(({ role, cookie }) => `${role}:${cookie}`)].join(';');
}

/** The reverse of `pack`; neither `;` nor `:` occurs in a JWT. */
export function unpack(packed: string): SessionGroup {
  const [rank, ...sessions] = packed.split(';');
  const cookies = sessions.map((session) => {
    const [role, cookie = ''] = session.split(':');
    return { role: role as Role, cookie };
  });
  return { rank: Number(rank), cookies };
}
